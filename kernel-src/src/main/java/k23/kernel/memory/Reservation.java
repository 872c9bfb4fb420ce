package k23.kernel.memory;

/**
 * A range of a program's addresses that nothing else will use. Its first {@link #committedBytes}
 * bytes may be touched; frames come with the first touch. The rest faults for ever: it is the guard
 * that makes checks in compiled code unnecessary.
 */
public final class Reservation {
    private final AddressSpace owner;
    private final long start;
    private final long reservedBytes;
    private final Protection protection;
    private long committedBytes;

    Reservation(AddressSpace owner, long start, long reservedBytes, Protection protection) {
        this.owner = owner;
        this.start = start;
        this.reservedBytes = reservedBytes;
        this.protection = protection;
    }

    /** The first address. */
    public long start() {
        return start;
    }

    /** The size of the whole range in bytes. */
    public long reservedBytes() {
        return reservedBytes;
    }

    /** How many bytes from the start on may be touched. */
    public long committedBytes() {
        return committedBytes;
    }

    Protection protection() {
        return protection;
    }

    /**
     * Lets the program touch {@code bytes} bytes from the start on; a multiple of the page size,
     * not less than before. The frames are set aside at once, so that a touch never fails (I9).
     *
     * @return false when the range is smaller, or there is not that much memory
     */
    public boolean commit(long bytes) {
        if (bytes < committedBytes || (bytes & Frames.BYTES - 1) != 0) {
            throw new IllegalArgumentException("commit shrinks or is not whole pages");
        }
        if (bytes > reservedBytes || !owner.promise(bytes - committedBytes)) {
            return false;
        }
        committedBytes = bytes;
        return true;
    }

    boolean contains(long address) {
        return Long.compareUnsigned(address - start, reservedBytes) < 0;
    }
}
