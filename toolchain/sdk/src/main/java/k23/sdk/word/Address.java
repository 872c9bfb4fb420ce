package k23.sdk.word;

import k23.sdk.memory.RawMemory;

/**
 * A virtual address, as the current address space sees it.
 *
 * <p>Loads and stores are little endian and must be naturally aligned; the offset is in bytes and
 * is added with wrap-around. Access to page zero is a {@code null} trap.
 *
 * @param value the address, an unsigned 64-bit number
 */
public record Address(long value) {
    /** The address 0, which no object has. */
    public static final Address NULL = new Address(0);

    /** The address {@code value}. */
    public static Address of(long value) {
        return new Address(value);
    }

    /** This address plus a signed number of bytes. */
    public Address plus(long bytes) {
        return new Address(value + bytes);
    }

    /** The distance in bytes from {@code start} to this address. */
    public long minus(Address start) {
        return value - start.value;
    }

    /** Whether this is the address 0. */
    public boolean isNull() {
        return value == 0;
    }

    /** Unsigned {@code this < other}. */
    public boolean isBelow(Address other) {
        return Long.compareUnsigned(value, other.value) < 0;
    }

    /** Unsigned {@code this >= other}. */
    public boolean isAtLeast(Address other) {
        return Long.compareUnsigned(value, other.value) >= 0;
    }

    /** Whether this address is a multiple of {@code alignment}, a power of two. */
    public boolean isAligned(long alignment) {
        return (value & (alignment - 1)) == 0;
    }

    /** The next multiple of {@code alignment}, a power of two. */
    public Address alignUp(long alignment) {
        return new Address((value + alignment - 1) & -alignment);
    }

    /** The multiple of {@code alignment}, a power of two, at or below this address. */
    public Address alignDown(long alignment) {
        return new Address(value & -alignment);
    }

    /** Loads a byte, sign-extended. */
    public byte getByte(long offset) {
        return RawMemory.loadByte(value + offset);
    }

    /** Loads a byte, zero-extended: 0 to 255. */
    public int getUnsignedByte(long offset) {
        return RawMemory.loadByte(value + offset) & 0xff;
    }

    /** Loads two bytes, sign-extended. */
    public short getShort(long offset) {
        return RawMemory.loadShort(value + offset);
    }

    /** Loads four bytes. */
    public int getInt(long offset) {
        return RawMemory.loadInt(value + offset);
    }

    /** Loads eight bytes. */
    public long getLong(long offset) {
        return RawMemory.loadLong(value + offset);
    }

    /** Loads an address. */
    public Address getAddress(long offset) {
        return new Address(RawMemory.loadLong(value + offset));
    }

    /** Stores the low byte of {@code bits}. */
    public void putByte(long offset, byte bits) {
        RawMemory.storeByte(value + offset, bits);
    }

    /** Stores two bytes. */
    public void putShort(long offset, short bits) {
        RawMemory.storeShort(value + offset, bits);
    }

    /** Stores four bytes. */
    public void putInt(long offset, int bits) {
        RawMemory.storeInt(value + offset, bits);
    }

    /** Stores eight bytes. */
    public void putLong(long offset, long bits) {
        RawMemory.storeLong(value + offset, bits);
    }

    /** Stores an address. */
    public void putAddress(long offset, Address address) {
        RawMemory.storeLong(value + offset, address.value);
    }
}
