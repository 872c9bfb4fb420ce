package k23.loader.crypto;

/**
 * Numbers modulo the order of the base point, L = 2^252 + 27742317777372353535851937790883648493.
 */
final class Scalar {
    /** Numbers below L have so many bits. */
    static final int BITS = 253;

    private static final int WORDS = 4;
    /** Where the order's one bit in the last word is: what has none from there on is below it. */
    private static final int TOP_BITS = 60;
    private static final long[] ORDER = {
        0x5812631a5cf5d3edL, 0x14def9dea2f79cd6L, 0, 0x1000000000000000L,
    };
    private static final long[] DIFFERENCE = new long[WORDS];

    private final long[] words = new long[WORDS];

    /** Bit {@code index} of the number. */
    int bit(int index) {
        return (int) (words[index >> 6] >>> (index & 63)) & 1;
    }

    /**
     * Makes this the little-endian number in {@code count} bytes from {@code at} on, modulo L: bit
     * by bit from the top, doubling what there is so far. Returns whether the number is below L.
     */
    boolean set(byte[] bytes, int at, int count) {
        boolean isBelow = true;
        for (int i = 0; i < WORDS; i++) {
            words[i] = 0;
        }
        for (int i = 8 * count - 1; i >= 0; i--) {
            append(bytes[at + (i >> 3)] >> (i & 7) & 1);
            if (words[WORDS - 1] >>> TOP_BITS != 0) {
                isBelow &= !reduce();
            }
        }
        return isBelow;
    }

    private void append(long bit) {
        long carry = bit;
        for (int k = 0; k < WORDS; k++) {
            long word = words[k];
            words[k] = word << 1 | carry;
            carry = word >>> 63;
        }
    }

    /** Subtracts L unless the number is smaller; whether it did. */
    private boolean reduce() {
        long borrow = 0;
        for (int k = 0; k < WORDS; k++) {
            long part = words[k] - ORDER[k];
            DIFFERENCE[k] = part - borrow;
            borrow = Long.compareUnsigned(words[k], ORDER[k]) < 0
                    || Long.compareUnsigned(part, borrow) < 0 ? 1 : 0;
        }
        for (int k = 0; k < WORDS && borrow == 0; k++) {
            words[k] = DIFFERENCE[k];
        }
        return borrow == 0;
    }
}
