package k23.loader.crypto;

/**
 * Numbers modulo the order of the base point, L = 2^252 + 27742317777372353535851937790883648493.
 */
final class Scalar {
    /** The digits of a recoded scalar: numbers below L have 253 bits, a carry may follow. */
    static final int DIGITS = 254;

    private static final long[] ORDER = {
        0x5812631a5cf5d3edL, 0x14def9dea2f79cd6L, 0, 0x1000000000000000L,
    };

    private static final long[] ORDER_ABOVE_252 = {ORDER[0], ORDER[1]};
    private static final long[] WIDE = new long[8];
    private static final long[] LOW = new long[4];
    private static final long[] HIGH = new long[5];

    private final long[] words = new long[4];

    /** Bit {@code index} of the number. */
    private int bit(int index) {
        return (int) (words[index >> 6] >>> (index & 63)) & 1;
    }

    /** Reads 32 bytes, little endian; false unless the number is below L. */
    boolean decode(byte[] bytes, int at) {
        for (int i = 0; i < 4; i++) {
            words[i] = word(bytes, at + 8 * i);
        }
        return !WideNumber.isAtLeast(words, ORDER);
    }

    /**
     * Makes this the 512-bit little-endian number in {@code bytes}, modulo L. With c = L - 2^252,
     * 2^252 is -c: each round splits the number there and goes on with the upper part times c.
     */
    void reduce(byte[] bytes) {
        for (int i = 0; i < 8; i++) {
            WIDE[i] = word(bytes, 8 * i);
        }
        for (int i = 0; i < 4; i++) {
            words[i] = 0;
        }
        // 512, 385, 258 and 131 bits.
        for (int round = 0; round < 4; round++) {
            split();
            if ((round & 1) == 0) {
                WideNumber.add(words, LOW);
                if (WideNumber.isAtLeast(words, ORDER)) {
                    WideNumber.subtract(words, ORDER);
                }
            } else {
                if (!WideNumber.isAtLeast(words, LOW)) {
                    WideNumber.add(words, ORDER);
                }
                WideNumber.subtract(words, LOW);
            }
            WideNumber.multiply(HIGH, ORDER_ABOVE_252, WIDE);
        }
    }

    /** Splits WIDE into its lower 252 bits and what is above them. */
    private static void split() {
        for (int i = 0; i < 4; i++) {
            LOW[i] = WIDE[i];
            HIGH[i] = WIDE[i + 3] >>> 60 | WIDE[i + 4] << 4;
        }
        LOW[3] &= -1L >>> 4;
        HIGH[4] = WIDE[7] >>> 60;
    }

    private static long word(byte[] bytes, int at) {
        long word = 0;
        for (int i = 7; i >= 0; i--) {
            word = word << 8 | bytes[at + i] & 0xff;
        }
        return word;
    }

    /**
     * Writes the number as a sum of few odd multiples of powers of two (width-w non-adjacent
     * form): {@code digits[i]} is the factor of 2^i, below 2^(width - 1) in size.
     */
    void recode(byte[] digits, int width) {
        int carry = 0;
        int next = 0;
        for (int i = 0; i < DIGITS; i++) {
            digits[i] = 0;
            if (i < next || bit(i) == carry) {
                continue;
            }
            int digit = carry;
            for (int k = 0; k < width && i + k < DIGITS; k++) {
                digit += bit(i + k) << k;
            }
            carry = digit >> width - 1;
            digits[i] = (byte) (digit - (carry << width));
            next = i + width;
        }
    }
}
