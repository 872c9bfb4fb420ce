package k23.codegen.wasm;

/**
 * Reads the instructions of a validated body: validation has seen every number, so that only
 * values are computed here, nothing is checked.
 */
final class CodeCursor {
    private final byte[] bytes;
    private int position;

    CodeCursor(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    /** Offset of the next byte in the module. */
    int position() {
        return position;
    }

    /** Goes on at another place. */
    void position(int value) {
        position = value;
    }

    /** The next byte, 0 to 255. */
    int u8() {
        return bytes[position++] & 0xff;
    }

    /** The byte behind this position, not consumed. */
    int peek() {
        return bytes[position] & 0xff;
    }

    /** An unsigned LEB128 number of up to 32 bits: an index, a count, an alignment. */
    int u32() {
        return (int) unsigned();
    }

    /** An unsigned LEB128 number of up to 32 bits as a positive one: an offset. */
    long offset() {
        return unsigned() & 0xffff_ffffL;
    }

    /** A signed LEB128 number of up to 32 bits. */
    int s32() {
        return (int) signed();
    }

    /** A signed LEB128 number of up to 33 bits: a block type. */
    long s33() {
        return signed();
    }

    /** A signed LEB128 number of up to 64 bits. */
    long s64() {
        return signed();
    }

    /** Four bytes. */
    int i32() {
        return u8() | u8() << 8 | u8() << 16 | u8() << 24;
    }

    /** Eight bytes. */
    long i64() {
        return i32() & 0xffff_ffffL | (long) i32() << 32;
    }

    private long unsigned() {
        long value = 0;
        int shift = 0;
        while (true) {
            int b = u8();
            value |= (b & 0x7fL) << shift;
            shift += 7;
            if (b < 0x80) {
                return value;
            }
        }
    }

    private long signed() {
        long value = 0;
        int shift = 0;
        while (true) {
            int b = u8();
            value |= (b & 0x7fL) << shift;
            shift += 7;
            if (b < 0x80) {
                return shift < 64 && (b & 0x40) != 0 ? value | -1L << shift : value;
            }
        }
    }
}
