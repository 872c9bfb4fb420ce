package k23.sdk.word;

/**
 * A physical address. It cannot be dereferenced: a kernel turns it into an {@link Address} through
 * its physical map.
 *
 * @param value the address, an unsigned number of at most 56 bits
 */
public record PhysAddress(long value) {
    /** The physical address {@code value}. */
    public static PhysAddress of(long value) {
        return new PhysAddress(value);
    }

    /** This address plus a signed number of bytes. */
    public PhysAddress plus(long bytes) {
        return new PhysAddress(value + bytes);
    }

    /** The distance in bytes from {@code start} to this address. */
    public long minus(PhysAddress start) {
        return value - start.value;
    }

    /** Unsigned {@code this < other}. */
    public boolean isBelow(PhysAddress other) {
        return Long.compareUnsigned(value, other.value) < 0;
    }

    /** Whether this address is a multiple of {@code alignment}, a power of two. */
    public boolean isAligned(long alignment) {
        return (value & (alignment - 1)) == 0;
    }

    /** The next multiple of {@code alignment}, a power of two. */
    public PhysAddress alignUp(long alignment) {
        return new PhysAddress((value + alignment - 1) & -alignment);
    }

    /** The multiple of {@code alignment}, a power of two, at or below this address. */
    public PhysAddress alignDown(long alignment) {
        return new PhysAddress(value & -alignment);
    }

    /** Where this physical byte is seen when physical address 0 is mapped at {@code offset}. */
    public Address mappedAt(long offset) {
        return new Address(value + offset);
    }
}
