package k23.sdk.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;
import org.junit.jupiter.api.Test;

/** Copies and fills against those of Java's arrays, at every alignment and overlap. */
class RawMemoryTest {
    private static final int BYTES = 256;

    private final Random random = new Random(1);

    private byte[] noise() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void copiesWithEveryAlignmentAndOverlap() {
        for (int from = 64; from < 72; from++) {
            for (int to = from - 40; to < from + 40; to++) {
                for (int bytes = 0; bytes < 90; bytes += 1 + random.nextInt(4)) {
                    byte[] expected = noise();
                    Machine machine = Machine.reset();
                    Span span = machine.allocate(expected);
                    System.arraycopy(expected, from, expected, to, bytes);
                    long base = span.start().value();
                    RawMemory.copy(base + from, base + to, bytes);
                    assertArrayEquals(expected, machine.bytes(span),
                            bytes + " bytes from " + from + " to " + to);
                }
            }
        }
    }

    /** A source at the end of its page: words that hold no byte of it are not loaded. */
    @Test
    void copiesTheLastBytesOfAPage() {
        for (int bytes = 0; bytes < 64; bytes++) {
            for (int shift = 0; shift < 8; shift++) {
                Machine machine = Machine.reset();
                Span page = machine.allocate(new byte[4096]);
                byte[] expected = Arrays.copyOf(noise(), bytes);
                page.put(4096 - bytes, expected, 0, bytes);
                Span target = machine.allocate(new byte[4096]).slice(shift, bytes);
                RawMemory.copy(page.end().value() - bytes, target.start().value(), bytes);
                assertArrayEquals(expected, machine.bytes(target));
            }
        }
    }

    @Test
    void fillsWithEveryAlignment() {
        for (int from = 0; from < 9; from++) {
            for (int bytes = 0; bytes < 70; bytes++) {
                byte[] expected = noise();
                Machine machine = Machine.reset();
                Span span = machine.allocate(expected);
                byte value = (byte) random.nextInt();
                Arrays.fill(expected, from, from + bytes, value);
                RawMemory.fill(span.start().value() + from, bytes, value);
                assertArrayEquals(expected, machine.bytes(span));
            }
        }
    }
}
