package k23.loader.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks of sequences that this writes itself, of every shape, against what they mean. */
class Lz4SequencesTest {
    private static final int TAIL = 80;

    private final Random random = new Random(1);
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private byte[] expected = new byte[0];

    private void length(int length) {
        int rest = length - 15;
        for (; rest >= 255; rest -= 255) {
            block.write(255);
        }
        if (rest >= 0) {
            block.write(rest);
        }
    }

    private byte[] literals(int count, int match) {
        byte[] literals = new byte[count];
        random.nextBytes(literals);
        block.write(Math.min(count, 15) << 4 | Math.min(match, 15));
        length(count);
        block.writeBytes(literals);
        int at = expected.length;
        expected = Arrays.copyOf(expected, at + count);
        System.arraycopy(literals, 0, expected, at, count);
        return literals;
    }

    private void sequence(int literals, int distance, int match) {
        literals(literals, match - 4);
        block.write(distance);
        block.write(distance >> 8);
        length(match - 4);
        int at = expected.length;
        expected = Arrays.copyOf(expected, at + match);
        for (int i = at; i < expected.length; i++) {
            expected[i] = expected[i - distance];
        }
    }

    private void check(int misalignment) {
        literals(TAIL, 0);
        byte[] bytes = block.toByteArray();
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[misalignment]);
        frame.writeBytes(new byte[] {4, 0x22, 0x4d, 0x18, 0x60, 0x40, (byte) 0x82});
        for (int i = 0; i < 4; i++) {
            frame.write(bytes.length >> 8 * i);
        }
        frame.writeBytes(bytes);
        frame.writeBytes(new byte[4]);
        Machine machine = Machine.reset();
        Span input = machine.allocate(frame.toByteArray()).from(misalignment);
        Span around = machine.allocate(misalignment / 8 + expected.length);
        Span output = around.from(misalignment / 8);
        assertEquals(Lz4Problem.NONE, Lz4Frame.decode(input, output));
        assertArrayEquals(expected, machine.bytes(output));
        block.reset();
        expected = new byte[0];
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 13, 14, 15, 16})
    void everyShape(int literals) {
        for (int distance = 1; distance < 34; distance++) {
            for (int match = 4; match < 44; match++) {
                sequence(40, 1 + match % 40, 5);
                sequence(literals, distance, match);
                sequence(3, 40, 9);
                check((distance + match) % 64);
            }
        }
    }

    /** Lengths around those that one and two more bytes tell. */
    @Test
    void longMatches() {
        for (int match : new int[] {18, 19, 20, 272, 273, 274, 275, 527, 528, 529, 530}) {
            for (int distance = 1; distance < 40; distance++) {
                sequence(40, distance, match);
                sequence(distance % 7, 17, match);
                check(distance + match & 63);
            }
        }
    }

    @Test
    void manyInOneBlock() {
        for (int round = 0; round < 300; round++) {
            sequence(30, 30, 4);
            for (int i = 0; i < 40; i++) {
                sequence(random.nextInt(17), 1 + random.nextInt(Math.min(expected.length, 300)),
                        4 + random.nextInt(30));
            }
            check(round & 63);
        }
    }
}
