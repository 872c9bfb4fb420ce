package k23.runtime.program;

/**
 * Where a program's parts are in its address space, all in the 256 GiB that Sv39 leaves to user
 * mode. Documented in {@code docs/FORMATS.md}, "A WASM program".
 */
public final class UserLayout {
    /** Granularity of mappings, in bytes. */
    public static final long PAGE_BYTES = 4096;
    /** The file's segments lie from here … */
    public static final long SEGMENTS_START = 0x1_0000L;
    /** … up to here. */
    public static final long SEGMENTS_END = 0x4000_0000L;
    /** The stack ends here; below its lowest address nothing is mapped. */
    public static final long STACK_TOP = 0x8000_0000L;
    /** A fault this close below the stack is an overflow. */
    public static final long STACK_GUARD_BYTES = 0x1_0000L;
    /** The largest stack, in bytes. */
    public static final long STACK_LIMIT = 0x1000_0000L;
    /** The first table. */
    public static final long TABLES_START = 0x1_0000_0000L;
    /** Distance of one table from the next, as much as one may take. */
    public static final long TABLE_SLOT_BYTES = 0x1000_0000L;
    /** The first linear memory. */
    public static final long MEMORIES_START = 0x10_0000_0000L;
    /**
     * Distance of one memory from the next: a 32-bit index plus a 32-bit offset reach less than
     * 8 GiB, of which at most the lower 4 GiB are ever mapped.
     */
    public static final long MEMORY_SLOT_BYTES = 0x4_0000_0000L;
    /** The most linear memories. */
    public static final int MAX_MEMORIES = 12;
    /** The most tables. */
    public static final int MAX_TABLES = 48;
    /** What is set aside for a memory: nothing in it is mapped behind the memory's length. */
    public static final long MEMORY_RESERVED_BYTES = 0x2_0001_0000L;
    /** Bytes of a WASM page. */
    public static final long WASM_PAGE_BYTES = 0x1_0000L;
    /** Bytes of a table's element. */
    public static final long ELEMENT_BYTES = 8;

    private UserLayout() {}

    /** The bytes of whole pages that hold {@code bytes}. */
    public static long wholePages(long bytes) {
        return bytes + PAGE_BYTES - 1 & -PAGE_BYTES;
    }
}
