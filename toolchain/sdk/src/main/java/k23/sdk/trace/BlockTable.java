package k23.sdk.trace;

import k23.sdk.NoAllocation;
import k23.sdk.word.Span;

/**
 * A table of entries of variable length in blocks that can be searched by key (docs/FORMATS.md,
 * "Blocks"). Of a damaged table some entries are wrong; every search ends.
 *
 * @param bytes the table
 */
@NoAllocation
record BlockTable(Span bytes) {
    private static final int INDEX_AT = 4;
    private static final int INDEX_ENTRY_BYTES = 8;
    private static final int INT_BITS = 32;

    /** A number and the offset behind it. */
    record Number(int value, long next) {
        /** The value as a signed number: 0, -1, 1, -2, … */
        int signed() {
            return value >>> 1 ^ -(value & 1);
        }
    }

    private int blocks() {
        int count = bytes.contains(0, INDEX_AT) ? bytes.getInt(0) : 0;
        return bytes.contains(INDEX_AT, (long) count * INDEX_ENTRY_BYTES) ? count : 0;
    }

    /** The last block whose key is at or below {@code target}, unsigned; -1 when there is none. */
    int find(int target) {
        int low = 0;
        int high = blocks();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(key(middle), target) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** The key of a block from {@link #find}: that of its first entry. */
    int key(int block) {
        return bytes.getInt(INDEX_AT + (long) block * INDEX_ENTRY_BYTES);
    }

    /** The offset of the first entry of a block from {@link #find}. */
    long start(int block) {
        return bytes.getInt(INDEX_AT + 4 + (long) block * INDEX_ENTRY_BYTES) & 0xffffffffL;
    }

    /** The offset behind the last entry of a block from {@link #find}. */
    long end(int block) {
        return block + 1 < blocks() ? start(block + 1) : bytes.length();
    }

    /** The unsigned LEB128 number at {@code offset}; where it is cut off, 0 and the end. */
    static Number number(Span bytes, long offset) {
        int value = 0;
        long at = offset;
        for (int shift = 0; shift < INT_BITS && bytes.contains(at, 1); shift += 7) {
            int next = bytes.getUnsignedByte(at++);
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return new Number(value, at);
            }
        }
        return new Number(0, bytes.length());
    }

    /** The number at {@code offset} of this table. */
    Number number(long offset) {
        return number(bytes, offset);
    }
}
