package k23.tests.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import k23.image.container.Bundle;
import k23.loader.container.ContainerProblem;
import k23.loader.container.SignedContainer;
import k23.loader.container.Verification;
import k23.loader.container.VerifyingKeys;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;
import org.junit.jupiter.api.Test;

/** The loader's verifier, run on the JVM, over a container that the image builder signed. */
class FlippedBitsTest {
    private static final int FLIPS = 300;

    /** Bits spread over all of the container, one at a random place of each of equal parts. */
    @Test
    void everyFlippedBitIsRefused() {
        byte[] bytes = BootImages.of(new Bundle(List.of(
                new Bundle.Entry(Bundle.Kind.FILE, "/file", new byte[3000])))).bare()
                .sign(BootImages.KEY).container().bytes();
        byte[] table = new byte[VerifyingKeys.BYTES];
        table[0] = 1;
        System.arraycopy(BootImages.KEY.verifyingKey().bytes(), 0, table, 8, 32);
        Machine machine = Machine.reset();
        Span memory = machine.allocate(bytes);
        SignedContainer container = new SignedContainer(memory);
        VerifyingKeys keys = new VerifyingKeys(machine.allocate(table));
        assertEquals(ContainerProblem.NONE, verify(container, keys));
        Random random = new Random(1);
        long part = 8L * bytes.length / FLIPS;
        assertTrue(part > 8, "a container of " + bytes.length + " bytes");
        for (int i = 0; i < FLIPS; i++) {
            long bit = i * part + random.nextLong(part);
            flip(memory, bit);
            assertNotEquals(ContainerProblem.NONE, verify(container, keys), "bit " + bit);
            flip(memory, bit);
        }
        assertEquals(ContainerProblem.NONE, verify(container, keys));
    }

    private static ContainerProblem verify(SignedContainer container, VerifyingKeys keys) {
        Verification verification = new Verification();
        verification.begin(container, keys);
        return verification.finish();
    }

    private static void flip(Span memory, long bit) {
        memory.putByte(bit >> 3, (byte) (memory.getByte(bit >> 3) ^ 1 << (bit & 7)));
    }
}
