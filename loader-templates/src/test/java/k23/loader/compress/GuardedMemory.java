package k23.loader.compress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import k23.sdk.sim.Machine;
import k23.sdk.word.Span;

/**
 * Memory of a decoder under test. Input and output end where their page ends, so that a step
 * behind either is a fault of the simulated machine; in front of the output are bytes that must
 * not change.
 */
final class GuardedMemory {
    private static final int PAGE_BYTES = 4096;
    private static final int CANARY_BYTES = 16;
    private static final long CANARY = 0xa5a5_a5a5_a5a5_a5a5L;

    private final Machine machine;
    private final Span input;
    private final Span output;
    private final Span workspace;

    GuardedMemory(int inputBytes, int outputBytes) {
        machine = Machine.reset();
        input = machine.allocate(pages(inputBytes));
        output = machine.allocate(pages(outputBytes + CANARY_BYTES));
        workspace = machine.allocate(ZstdDecoder.WORKSPACE_BYTES);
    }

    private static long pages(int bytes) {
        return (long) Math.max(1, (bytes + PAGE_BYTES - 1) / PAGE_BYTES) * PAGE_BYTES;
    }

    Span workspace() {
        return workspace;
    }

    /** The input's last bytes are {@code bytes}. */
    Span input(byte[] bytes) {
        long start = input.length() - bytes.length;
        for (int i = 0; i < bytes.length; i++) {
            input.putByte(start + i, bytes[i]);
        }
        return input.from(start);
    }

    /** Room for {@code bytes} bytes. */
    Span output(int bytes) {
        long start = output.length() - bytes;
        for (int i = 1; i <= CANARY_BYTES; i++) {
            output.putByte(start - i, (byte) CANARY);
        }
        return output.from(start);
    }

    /** The last {@code bytes} bytes of the output. */
    byte[] outputBytes(int bytes) {
        long start = output.length() - bytes;
        for (int i = 1; i <= CANARY_BYTES; i++) {
            assertEquals((byte) CANARY, output.getByte(start - i), "in front of the output");
        }
        return machine.bytes(output.from(start));
    }
}
