package k23.loader.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.security.GeneralSecurityException;
import java.util.Random;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;
import org.junit.jupiter.api.Test;

/** Containers whose sections have several chunks: none passes that is cut off or changed. */
class LargeContainerTest {
    private static final int TWO_CHUNKS = (32 << 10) + 1;

    private static VerifyingKeys keys(Machine machine) {
        return new VerifyingKeys(machine.allocate(
                TestContainer.keyTable(7, LargeContainerTarget.KEY)));
    }

    private static ContainerProblem verify(Span container, VerifyingKeys keys) {
        Verification verification = new Verification();
        verification.begin(new SignedContainer(container), keys);
        return verification.finish();
    }

    @Test
    void refusesEveryTruncation() {
        Machine machine = Machine.reset();
        VerifyingKeys keys = keys(machine);
        for (byte[] container : LargeContainerTarget.CONTAINERS) {
            Span memory = machine.allocate(container);
            assertEquals(ContainerProblem.NONE, verify(memory, keys));
            for (int bytes = 0; bytes < container.length; bytes++) {
                assertEquals(bytes < TestContainer.HEADER_FIXED_BYTES ? ContainerProblem.BAD_MAGIC
                        : ContainerProblem.BAD_BOUNDS,
                        verify(memory.slice(0, bytes), keys), bytes + " bytes");
            }
        }
    }

    /** A file that was cut off leaves zeros in memory. */
    @Test
    void refusesZerosWhereTheFileIsCutOff() {
        for (byte[] container : LargeContainerTarget.CONTAINERS) {
            Machine machine = Machine.reset();
            VerifyingKeys keys = keys(machine);
            Span memory = machine.allocate(container);
            // Contents end with a byte that is not zero, and some zeros behind it.
            int end = container.length;
            while (container[end - 1] == 0) {
                end--;
            }
            for (int bytes = end - 1; bytes >= 0; bytes -= bytes / 100 + 1) {
                memory.slice(bytes, end - bytes).clear();
                assertNotEquals(ContainerProblem.NONE, verify(memory, keys), bytes + " bytes");
            }
        }
    }

    @Test
    void refusesEveryFlippedBitOfHeaderAndSignature() throws GeneralSecurityException {
        byte[] noise = new byte[TWO_CHUNKS];
        new Random(6).nextBytes(noise);
        byte[] container = new TestContainer().rollbackIndex(7)
                .section(SignedContainer.PAYLOAD, 0, noise, noise.length)
                .section(SignedContainer.BUNDLE, 0, noise, noise.length)
                .sign(LargeContainerTarget.KEY);
        Machine machine = Machine.reset();
        VerifyingKeys keys = keys(machine);
        Span memory = machine.allocate(container);
        int end = LargeContainerTarget.prefixBytes(container);
        for (int at = 0; at < end; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                memory.putByte(at, (byte) (container[at] ^ 1 << bit));
                assertNotEquals(ContainerProblem.NONE, verify(memory, keys),
                        "bit " + bit + " of " + at);
            }
            memory.putByte(at, container[at]);
        }
        assertEquals(ContainerProblem.NONE, verify(memory, keys));
    }

    /** A bit of every 64 bytes, and all around the ends of chunks. */
    @Test
    void refusesFlippedBitsOfEveryChunk() {
        Machine machine = Machine.reset();
        VerifyingKeys keys = keys(machine);
        byte[] container = LargeContainerTarget.CONTAINERS.getFirst();
        Span memory = machine.allocate(container);
        int from = LargeContainerTarget.prefixBytes(container);
        for (int at = from; at < container.length; at++) {
            int chunkByte = (at - from + 8) % (32 << 10);
            if (at % 64 != 5 && chunkByte >= 32) {
                continue;
            }
            memory.putByte(at, (byte) (container[at] ^ 1 << (at >> 6) % Byte.SIZE));
            assertNotEquals(ContainerProblem.NONE, verify(memory, keys), at + "");
            memory.putByte(at, container[at]);
        }
    }
}
