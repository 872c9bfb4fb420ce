package k23.runtime.module;

/**
 * How much of anything a module may have. Most are those on which browsers agreed (WebAssembly
 * JavaScript interface, section 9), so that what runs there runs here; each bounds the memory and
 * time that a hostile module can take.
 */
public final class Limits {
    /** Bytes of a module. */
    public static final int MODULE_BYTES = 1 << 30;
    /** Entries of any one section: types, functions, imports, exports, globals, segments. */
    public static final int ENTRIES = 1_000_000;
    /** Parameters, or results, of a function type. */
    public static final int ARITY = 1_000;
    /** Locals of a function, parameters included. */
    public static final int LOCALS = 50_000;
    /** Operands on a function's stack. */
    public static final int OPERANDS = 1 << 20;
    /** Blocks within each other. */
    public static final int NESTING = 1 << 16;

    /** Bytes of a page of linear memory (Core 2.0, section 4.2.8). */
    public static final int PAGE_BYTES = 1 << 16;
    /** Pages of a memory with 32-bit addresses (Core 2.0, section 3.2.5). */
    public static final long MEMORY_PAGES = 1L << 16;
    /** Pages of a memory with 64-bit addresses (Core 3.0, section 3.2.15). */
    public static final long MEMORY64_PAGES = 1L << 48;
    /** Elements of a table with 32-bit indices, less one of 2³². */
    public static final long TABLE_ELEMENTS = (1L << 32) - 1;

    private Limits() {}
}
