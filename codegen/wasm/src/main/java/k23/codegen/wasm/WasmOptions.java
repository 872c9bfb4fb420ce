package k23.codegen.wasm;

/**
 * How modules are compiled.
 *
 * @param threads        how many threads compile; the result does not depend on it
 * @param verify         whether Cranelift's verifier checks the translation
 * @param stackBytes     the program's stack, a multiple of 4096
 * @param maxMemoryPages the most pages of 64 KiB that a memory may grow to; 65536 is 4 GiB
 */
public record WasmOptions(int threads, boolean verify, long stackBytes, long maxMemoryPages) {
    private static final long DEFAULT_STACK_BYTES = 1 << 20;
    private static final long ALL_PAGES = 1 << 16;
    private static final int PAGE_BYTES = 4096;

    /** Checks the ranges. */
    public WasmOptions {
        if (threads < 1 || stackBytes < PAGE_BYTES || stackBytes % PAGE_BYTES != 0
                || maxMemoryPages < 0 || maxMemoryPages > ALL_PAGES) {
            throw new IllegalArgumentException("options " + threads + " threads, " + stackBytes
                    + " bytes of stack, " + maxMemoryPages + " pages");
        }
    }

    /** All processors, no verifier, 1 MiB of stack, memories up to 4 GiB. */
    public static WasmOptions standard() {
        return new WasmOptions(Runtime.getRuntime().availableProcessors(), false,
                DEFAULT_STACK_BYTES, ALL_PAGES);
    }

    /** These with Cranelift's verifier on or off. */
    public WasmOptions withVerify(boolean on) {
        return new WasmOptions(threads, on, stackBytes, maxMemoryPages);
    }

    /** These with another stack size in bytes, a multiple of 4096. */
    public WasmOptions withStackBytes(long bytes) {
        return new WasmOptions(threads, verify, bytes, maxMemoryPages);
    }

    /** These with another limit of memories, in pages of 64 KiB. */
    public WasmOptions withMaxMemoryPages(long pages) {
        return new WasmOptions(threads, verify, stackBytes, pages);
    }
}
