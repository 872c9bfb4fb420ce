package k23.sdk.word;

import k23.sdk.memory.RawMemory;

/**
 * A bounds-checked range of raw memory: what a byte array is to objects, a span is to addresses.
 *
 * <p>Every access names an offset from the start; one that does not lie wholly inside panics with
 * {@code IndexOutOfBoundsException}. Accesses of several bytes are little endian and need no
 * alignment unless their name says {@code Aligned}.
 *
 * @param start  the first byte
 * @param length the number of bytes, not negative
 */
public record Span(Address start, long length) {
    /** The empty span. */
    public static final Span EMPTY = new Span(Address.NULL, 0);

    /** The bytes from {@code start} up to {@code end}, exclusive. */
    public static Span between(Address start, Address end) {
        return new Span(start, end.minus(start));
    }

    /** The address of the first byte behind this span. */
    public Address end() {
        return start.plus(length);
    }

    /** Whether {@code bytes} bytes from {@code offset} lie inside; false for negative numbers. */
    public boolean contains(long offset, long bytes) {
        // One test instead of four: none of these is negative.
        long behind = length - offset;
        return (offset | bytes | behind | behind - bytes) >= 0;
    }

    /** Panics unless {@code bytes} bytes from {@code offset} lie inside. */
    public void check(long offset, long bytes) {
        if (!contains(offset, bytes)) {
            throw new IndexOutOfBoundsException("outside of span");
        }
    }

    /** The byte at {@code offset}, 0 to 255. */
    public int getUnsignedByte(long offset) {
        check(offset, 1);
        return start.getUnsignedByte(offset);
    }

    /** The byte at {@code offset}. */
    public byte getByte(long offset) {
        check(offset, 1);
        return start.getByte(offset);
    }

    /** Stores one byte. */
    public void putByte(long offset, byte bits) {
        check(offset, 1);
        start.putByte(offset, bits);
    }

    /** Two little-endian bytes at any alignment, 0 to 65535. */
    public int getUnsignedShort(long offset) {
        check(offset, 2);
        return start.getUnsignedByte(offset) | start.getUnsignedByte(offset + 1) << 8;
    }

    /** Whether the characters of {@code text}, below U+0100, are the bytes from {@code offset}. */
    public boolean hasText(long offset, String text) {
        if (!contains(offset, text.length())) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (start.getUnsignedByte(offset + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is as long as {@code other} and holds the same bytes. */
    public boolean hasBytes(Span other) {
        if (length != other.length) {
            return false;
        }
        for (long i = 0; i < length; i++) {
            if (start.getUnsignedByte(i) != other.start.getUnsignedByte(i)) {
                return false;
            }
        }
        return true;
    }

    /** Four little-endian bytes at any alignment. */
    public int getInt(long offset) {
        check(offset, 4);
        Address at = start.plus(offset);
        if ((at.value() & 3) == 0) {
            return at.getInt(0);
        }
        return at.getUnsignedByte(0) | at.getUnsignedByte(1) << 8
                | at.getUnsignedByte(2) << 16 | at.getUnsignedByte(3) << 24;
    }

    /** Eight little-endian bytes at any alignment. */
    public long getLong(long offset) {
        check(offset, 8);
        Address at = start.plus(offset);
        if ((at.value() & 7) == 0) {
            return at.getLong(0);
        }
        return (getInt(offset) & 0xffffffffL) | (long) getInt(offset + 4) << 32;
    }

    /** Four big-endian bytes at any alignment, as device trees store numbers. */
    public int getBigEndianInt(long offset) {
        return Integer.reverseBytes(getInt(offset));
    }

    /** {@code bytes} bytes from {@code offset} as a span of their own. */
    public Span slice(long offset, long bytes) {
        check(offset, bytes);
        return new Span(start.plus(offset), bytes);
    }

    /** Everything from {@code offset} on. */
    public Span from(long offset) {
        return slice(offset, length - offset);
    }

    /** Copies the bytes of {@code source} to {@code offset}; the two may overlap. */
    public void put(long offset, Span source) {
        check(offset, source.length);
        RawMemory.copy(source.start.value(), start.value() + offset, source.length);
    }

    /** Sets every byte to zero. */
    public void clear() {
        RawMemory.fill(start.value(), length, (byte) 0);
    }

    /** Copies {@code count} bytes from {@code offset} into {@code target} at {@code at}. */
    public void get(long offset, byte[] target, int at, int count) {
        check(offset, count);
        for (int i = 0; i < count; i++) {
            target[at + i] = start.getByte(offset + i);
        }
    }

    /** Copies {@code count} bytes of {@code source} from {@code at} to {@code offset}. */
    public void put(long offset, byte[] source, int at, int count) {
        check(offset, count);
        for (int i = 0; i < count; i++) {
            start.putByte(offset + i, source[at + i]);
        }
    }
}
