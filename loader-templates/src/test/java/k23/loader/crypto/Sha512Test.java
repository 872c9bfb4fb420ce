package k23.loader.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import k23.sdk.riscv.IsaExtension;
import k23.sdk.riscv.IsaExtensions;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Sha512Test {
    private final Sha512 hash = new Sha512();

    /** With and without the extension that there is a version for. */
    static Stream<IsaExtensions> harts() {
        return Stream.of(IsaExtensions.NONE, IsaExtensions.NONE.with(IsaExtension.ZBB));
    }

    @ParameterizedTest
    @MethodSource("harts")
    void agreesWithTheJdkOnEveryLengthUpToSomeBlocks(IsaExtensions hart) throws Exception {
        hash.use(hart);
        Random random = new Random(1);
        for (int length = 0; length < 400; length++) {
            byte[] message = new byte[length];
            random.nextBytes(message);
            assertArrayEquals(MessageDigest.getInstance("SHA-512").digest(message),
                    digest(message, 0), "length " + length);
        }
    }

    @ParameterizedTest
    @MethodSource("harts")
    void agreesWithTheJdkInPiecesAndAtAnyAlignment(IsaExtensions hart) throws Exception {
        hash.use(hart);
        Random random = new Random(2);
        for (int round = 0; round < 100; round++) {
            byte[] message = new byte[random.nextInt(5000)];
            random.nextBytes(message);
            byte[] expected = MessageDigest.getInstance("SHA-512").digest(message);
            assertArrayEquals(expected, digest(message, round % 8));
            hash.reset();
            int at = 0;
            while (at < message.length) {
                int piece = Math.min(random.nextInt(300), message.length - at);
                hash.update(message, at, piece);
                at += piece;
            }
            byte[] out = new byte[Sha512.DIGEST_BYTES];
            hash.digest(out);
            assertArrayEquals(expected, out);
        }
    }

    @Test
    void objectsShareNothing() throws Exception {
        byte[] first = {1, 2, 3};
        byte[] second = new byte[300];
        Sha512 other = new Sha512();
        hash.reset();
        other.reset();
        other.update(second, 0, 200);
        hash.update(first, 0, 3);
        other.update(second, 200, 100);
        byte[] out = new byte[Sha512.DIGEST_BYTES];
        hash.digest(out);
        assertArrayEquals(MessageDigest.getInstance("SHA-512").digest(first), out);
        other.digest(out);
        assertArrayEquals(MessageDigest.getInstance("SHA-512").digest(second), out);
    }

    @Test
    void severalHartsComputeAtOnce() throws Exception {
        byte[] message = new byte[1 << 16];
        new Random(3).nextBytes(message);
        byte[] expected = MessageDigest.getInstance("SHA-512").digest(message);
        var harts = new ArrayList<Thread>();
        AtomicInteger right = new AtomicInteger();
        for (int i = 0; i < 4; i++) {
            harts.add(Thread.ofPlatform().start(() -> {
                Sha512 own = new Sha512();
                byte[] out = new byte[Sha512.DIGEST_BYTES];
                for (int round = 0; round < 50; round++) {
                    own.reset();
                    own.update(message, 0, message.length);
                    own.digest(out);
                    right.addAndGet(Arrays.equals(expected, out) ? 1 : 0);
                }
            }));
        }
        for (Thread hart : harts) {
            hart.join();
        }
        assertEquals(200, right.get());
    }

    private byte[] digest(byte[] message, int misalignment) {
        byte[] shifted = new byte[message.length + misalignment];
        System.arraycopy(message, 0, shifted, misalignment, message.length);
        Span span = Machine.reset().allocate(shifted).from(misalignment);
        hash.reset();
        hash.update(span);
        byte[] out = new byte[Sha512.DIGEST_BYTES];
        Arrays.fill(out, (byte) 1);
        hash.digest(out);
        return out;
    }
}
