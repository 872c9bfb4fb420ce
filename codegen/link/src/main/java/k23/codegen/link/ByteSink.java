package k23.codegen.link;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing little-endian byte array. */
final class ByteSink {
    private byte[] bytes = new byte[256];
    private int size;

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private int reserve(int count) {
        int at = size;
        size = Math.addExact(size, count);
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size, bytes.length * 2));
        }
        return at;
    }

    ByteSink u8(int value) {
        int at = reserve(1);
        bytes[at] = (byte) value;
        return this;
    }

    ByteSink u16(int value) {
        int at = reserve(2);
        LittleEndian.putShort(bytes, at, value);
        return this;
    }

    ByteSink u32(int value) {
        int at = reserve(4);
        LittleEndian.putInt(bytes, at, value);
        return this;
    }

    ByteSink u64(long value) {
        int at = reserve(8);
        LittleEndian.putLong(bytes, at, value);
        return this;
    }

    ByteSink raw(byte[] value) {
        int at = reserve(value.length);
        System.arraycopy(value, 0, bytes, at, value.length);
        return this;
    }

    /** UTF-8 bytes and a zero byte. */
    ByteSink cString(String value) {
        return raw(value.getBytes(StandardCharsets.UTF_8)).u8(0);
    }

    /** Unsigned LEB128 (DWARF 5, section 7.6). */
    ByteSink uleb(long value) {
        long rest = value;
        while (Long.compareUnsigned(rest, 0x80) >= 0) {
            u8((int) rest | 0x80);
            rest >>>= 7;
        }
        return u8((int) rest);
    }

    /** Signed LEB128 (DWARF 5, section 7.6). */
    ByteSink sleb(long value) {
        long rest = value;
        while (rest < -64 || rest > 63) {
            u8((int) rest | 0x80);
            rest >>= 7;
        }
        return u8((int) rest & 0x7f);
    }

    /** Zero bytes up to the next multiple of {@code alignment}, a power of two. */
    ByteSink align(int alignment) {
        reserve(-size & (alignment - 1));
        return this;
    }

    /** Zero bytes up to {@code offset}. */
    ByteSink padTo(long offset) {
        reserve(Math.toIntExact(offset) - size);
        return this;
    }

    /** Overwrites four bytes written before. */
    void patch32(int at, int value) {
        LittleEndian.putInt(bytes, at, value);
    }
}
