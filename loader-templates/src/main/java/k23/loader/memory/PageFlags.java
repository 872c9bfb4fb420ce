package k23.loader.memory;

/**
 * The rights of a mapping as page-table entry bits (Privileged Specification, section "Sv39").
 * Accessed and dirty are set up front: harts without hardware update would fault otherwise. There
 * is no combination that is both writable and executable (I3: W^X).
 *
 * @param bits the flag bits of the leaf entry
 */
public record PageFlags(long bits) {
    private static final long VALID = 1;
    private static final long READ = 1 << 1;
    private static final long WRITE = 1 << 2;
    private static final long EXECUTE = 1 << 3;
    private static final long GLOBAL = 1 << 5;
    private static final long ACCESSED = 1 << 6;
    private static final long DIRTY = 1 << 7;
    private static final long BASE = VALID | READ | ACCESSED | DIRTY;

    /** Readable. */
    public static final PageFlags CONSTANT = new PageFlags(BASE | GLOBAL);
    /** Readable and writable. */
    public static final PageFlags DATA = new PageFlags(BASE | WRITE | GLOBAL);
    /** Readable and executable. */
    public static final PageFlags CODE = new PageFlags(BASE | EXECUTE | GLOBAL);
    /** Readable and executable, in the lower half only: not global. */
    public static final PageFlags JUMP = new PageFlags(BASE | EXECUTE);

    /** Whether an entry is a pointer to the next table and no leaf. */
    static boolean isTable(long entry) {
        return (entry & VALID) != 0 && (entry & (READ | WRITE | EXECUTE)) == 0;
    }

    /** Whether an entry is in use. */
    static boolean isValid(long entry) {
        return (entry & VALID) != 0;
    }

    /** A pointer to the table at {@code frame}. */
    static long tableEntry(long frame) {
        return frame >>> 12 << 10 | VALID;
    }

    /** The leaf entry of {@code frame} with these rights. */
    long leafEntry(long frame) {
        return frame >>> 12 << 10 | bits;
    }
}
