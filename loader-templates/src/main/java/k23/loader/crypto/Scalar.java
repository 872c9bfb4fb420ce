package k23.loader.crypto;

/**
 * Numbers modulo the order of the base point, L = 2^252 + 27742317777372353535851937790883648493.
 */
final class Scalar {
    /** The bits that a reduced scalar can have. */
    static final int BITS = 253;

    private static final long[] ORDER = {
        0x5812631a5cf5d3edL, 0x14def9dea2f79cd6L, 0, 0x1000000000000000L,
    };

    private final long[] words = new long[4];

    /** Bit {@code index} of the number. */
    int bit(int index) {
        return (int) (words[index >> 6] >>> (index & 63)) & 1;
    }

    /** Reads 32 bytes, little endian; false unless the number is below L. */
    boolean decode(byte[] bytes, int at) {
        for (int i = 0; i < 4; i++) {
            words[i] = 0;
            for (int k = 7; k >= 0; k--) {
                words[i] = words[i] << 8 | bytes[at + 8 * i + k] & 0xff;
            }
        }
        return !WideNumber.isAtLeast(words, ORDER);
    }

    /** Makes this the 512-bit little-endian number in {@code bytes}, modulo L. */
    void reduce(byte[] bytes) {
        for (int i = 0; i < 4; i++) {
            words[i] = 0;
        }
        for (int bit = 8 * bytes.length - 1; bit >= 0; bit--) {
            int next = bytes[bit >> 3] >> (bit & 7) & 1;
            for (int i = 3; i > 0; i--) {
                words[i] = words[i] << 1 | words[i - 1] >>> 63;
            }
            words[0] = words[0] << 1 | next;
            if (WideNumber.isAtLeast(words, ORDER)) {
                WideNumber.subtract(words, ORDER);
            }
        }
    }
}
