package k23.kernel.memory;

/**
 * What a program may do with its pages. No value allows both writing and executing (I3: W^X), so
 * no mapping can.
 */
public enum Protection {
    /** Reading. */
    READ(0b0010),
    /** Reading and writing. */
    READ_WRITE(0b0110),
    /** Reading and executing. */
    READ_EXECUTE(0b1010);

    private static final long USER_VALID = 0b1_0001;
    /** Set from the start: harts that do not set these bits themselves fault instead. */
    private static final long ACCESSED_DIRTY = 0b1100_0000;

    private final int rights;

    Protection(int rights) {
        this.rights = rights;
    }

    /** The flags of a leaf entry (Privileged Specification, figure "Sv39 page table entry"). */
    long flags() {
        return rights | USER_VALID | ACCESSED_DIRTY;
    }

    /** Whether an access that faulted with this {@code scause} is allowed. */
    boolean allows(long cause) {
        return switch ((int) cause) {
            case 12 -> (rights & 0b1000) != 0;
            case 13 -> true;
            case 15 -> (rights & 0b0100) != 0;
            default -> false;
        };
    }
}
