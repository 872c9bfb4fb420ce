package k23.loader.elf;

/**
 * A program header (System V gABI, chapter "Program Header").
 *
 * @param type        one of the {@code PT} constants or anything else
 * @param flags       a set of {@code PF} bits
 * @param offset      where the contents start in the file
 * @param address     the address of the first byte
 * @param fileBytes   how many bytes are in the file
 * @param memoryBytes how many bytes are in memory; those behind the file's are zero
 */
public record Segment(int type, int flags, long offset, long address, long fileBytes,
        long memoryBytes) {
    /** A loadable segment. */
    public static final int PT_LOAD = 1;
    /** The dynamic table. */
    public static final int PT_DYNAMIC = 2;
    /** What each hart has its own copy of. */
    public static final int PT_TLS = 7;
    /** What is to become read-only after relocation. */
    public static final int PT_GNU_RELRO = 0x6474e552;

    /** Segment flag: executable. */
    public static final int PF_X = 1;
    /** Segment flag: writable. */
    public static final int PF_W = 2;

    /** No segment. */
    static final Segment NONE = new Segment(0, 0, 0, 0, 0, 0);

    private static final long PAGE = 4096;

    /** Whether a file has no segment of the type that was asked for. */
    boolean isNone() {
        return type == 0;
    }

    boolean isLoaded() {
        return type == PT_LOAD;
    }

    boolean isExecutable() {
        return (flags & PF_X) != 0;
    }

    boolean isWritable() {
        return (flags & PF_W) != 0;
    }

    /** The address of the first page. */
    long start() {
        return address & -PAGE;
    }

    /** The address behind the last page. */
    long end() {
        return address + memoryBytes + PAGE - 1 & -PAGE;
    }
}
