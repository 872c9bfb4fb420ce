package k23.runtime.parse;

import k23.runtime.module.ErrorCode;
import k23.runtime.module.Failure;
import k23.runtime.module.Name;

/**
 * Reads the primitive parts of the binary format (Core 2.0, section 5.2) from a range of bytes.
 * The first error is kept; from then on the reader is at its end and reads zeros, so that callers
 * ask {@link #failed} where they loop or keep something, not after each read.
 */
public final class BinaryReader {
    private final byte[] bytes;
    private final int start;
    private int end;
    private int position;
    private ErrorCode code = ErrorCode.NONE;
    private long detail;
    private int offset;

    /**
     * A reader.
     *
     * @param bytes where from
     * @param start index of the first byte; offsets of errors count from here
     * @param end   index behind the last byte
     */
    public BinaryReader(byte[] bytes, int start, int end) {
        if (start < 0 || end < start || end > bytes.length) {
            throw new IndexOutOfBoundsException("range of a reader");
        }
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        position = start;
    }

    /** Index of the next byte. */
    public int position() {
        return position;
    }

    /** Goes to a byte in the range; to be used only while nothing failed. */
    public void position(int index) {
        if (index < start || index > end) {
            throw new IndexOutOfBoundsException("position of a reader");
        }
        position = index;
    }

    /** How many bytes are left. */
    public int remaining() {
        return end - position;
    }

    /** Whether something is wrong. */
    public boolean failed() {
        return code != ErrorCode.NONE;
    }

    /** The first thing that is wrong, or {@link Failure#NONE}. */
    public Failure failure() {
        return failed() ? new Failure(code, detail, offset) : Failure.NONE;
    }

    /** Keeps an error at an index, unless there is one already. */
    public void fail(ErrorCode error, int at) {
        fail(error, -1, at);
    }

    /** Keeps an error with its detail at an index, unless there is one already. */
    public void fail(ErrorCode error, long errorDetail, int at) {
        if (code == ErrorCode.NONE) {
            code = error;
            detail = errorDetail;
            offset = at - start;
            end = position;
        }
    }

    /** An unsigned byte. */
    public int u8() {
        if (position < end) {
            return bytes[position++] & 0xff;
        }
        fail(ErrorCode.UNEXPECTED_END, end);
        return 0;
    }

    /** The next byte without passing it, or -1 at the end. */
    public int peek() {
        return position < end ? bytes[position] & 0xff : -1;
    }

    /** Passes bytes. */
    public void skip(int count) {
        if (count < 0 || count > remaining()) {
            fail(ErrorCode.UNEXPECTED_END, end);
        } else {
            position += count;
        }
    }

    /** Four bytes, little endian. */
    public int i32() {
        int at = position;
        if (end - at < 4) {
            fail(ErrorCode.UNEXPECTED_END, end);
            return 0;
        }
        position = at + 4;
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16
                | bytes[at + 3] << 24;
    }

    /** Eight bytes, little endian. */
    public long i64() {
        long low = i32() & 0xffff_ffffL;
        return low | (long) i32() << 32;
    }

    // LEB128 (Core 2.0, section 5.2.2)

    /** An unsigned number of at most 32 bits. */
    public int u32() {
        if (position < end && bytes[position] >= 0) {
            return bytes[position++];
        }
        return (int) unsigned(32);
    }

    /** An unsigned number of at most 64 bits. */
    public long u64() {
        if (position < end && bytes[position] >= 0) {
            return bytes[position++];
        }
        return unsigned(64);
    }

    /** A signed number of 32 bits. */
    public int s32() {
        if (position < end && bytes[position] >= 0) {
            return bytes[position++] << 25 >> 25;
        }
        return (int) signed(32);
    }

    /** A signed number of 33 bits. */
    public long s33() {
        return signed(33);
    }

    /** A signed number of 64 bits. */
    public long s64() {
        return signed(64);
    }

    /** An unsigned number of at most {@code bits} bits, 1 to 64. */
    public long unsigned(int bits) {
        long value = 0;
        int shift = 0;
        while (shift < bits) {
            int at = position;
            int b = u8();
            int left = bits - shift;
            if (left < 7 && (b & 0x7f) >>> left != 0) {
                fail(ErrorCode.INTEGER_TOO_LARGE, at);
                return 0;
            }
            value |= (b & 0x7fL) << shift;
            if (b < 0x80) {
                return value;
            }
            shift += 7;
        }
        fail(ErrorCode.INTEGER_TOO_LONG, position);
        return 0;
    }

    /** A signed number of at most {@code bits} bits, 1 to 64. */
    public long signed(int bits) {
        long value = 0;
        int shift = 0;
        while (shift < bits) {
            int at = position;
            int b = u8();
            int left = bits - shift;
            if (left < 7 && !isSignExtension(b, left)) {
                fail(ErrorCode.INTEGER_TOO_LARGE, at);
                return 0;
            }
            value |= (b & 0x7fL) << shift;
            shift += 7;
            if (b < 0x80) {
                return shift < 64 ? value << 64 - shift >> 64 - shift : value;
            }
        }
        fail(ErrorCode.INTEGER_TOO_LONG, position);
        return 0;
    }

    /** Whether the bits of a last byte from the sign bit on are all alike. */
    private static boolean isSignExtension(int b, int bits) {
        int mask = -1 << bits - 1 & 0x7f;
        return (b & mask) == 0 || (b & mask) == mask;
    }

    /**
     * A length or a number of entries, each of at least one byte. The reference interpreter counts
     * the bytes of the number itself as available too, so the caller still has to look.
     */
    public int length() {
        int available = remaining();
        int length = u32();
        if (length < 0 || length > available) {
            fail(ErrorCode.LENGTH_OUT_OF_BOUNDS, position);
            return 0;
        }
        return length;
    }

    /** A name (Core 2.0, section 5.2.4). */
    public Name name() {
        int length = length();
        int at = position;
        skip(length);
        if (failed()) {
            return Name.NONE;
        }
        if (!Utf8.isValid(bytes, at, at + length)) {
            fail(ErrorCode.UTF8, at);
            return Name.NONE;
        }
        return new Name(at, length);
    }
}
