package k23.kernel;

import k23.sdk.NoAllocation;

/** The ChaCha20 block function (RFC 8439, section 2.3). */
@NoAllocation
public final class ChaCha20 {
    /** Words of a key. */
    public static final int KEY_WORDS = 8;
    /** Words of a block. */
    public static final int BLOCK_WORDS = 16;

    private static final int ROUNDS = 10;

    private ChaCha20() {}

    /**
     * Computes one block of key stream.
     *
     * @param key     {@value #KEY_WORDS} words
     * @param counter the block's number
     * @param nonce   three words
     * @param block   receives {@value #BLOCK_WORDS} words
     */
    public static void block(int[] key, int counter, int[] nonce, int[] block) {
        start(key, counter, nonce, block);
        for (int i = 0; i < ROUNDS; i++) {
            quarter(block, 0, 4, 8, 12);
            quarter(block, 1, 5, 9, 13);
            quarter(block, 2, 6, 10, 14);
            quarter(block, 3, 7, 11, 15);
            quarter(block, 0, 5, 10, 15);
            quarter(block, 1, 6, 11, 12);
            quarter(block, 2, 7, 8, 13);
            quarter(block, 3, 4, 9, 14);
        }
        block[0] += 0x61707865;
        block[1] += 0x3320646e;
        block[2] += 0x79622d32;
        block[3] += 0x6b206574;
        for (int i = 0; i < KEY_WORDS; i++) {
            block[4 + i] += key[i];
        }
        block[12] += counter;
        for (int i = 0; i < 3; i++) {
            block[13 + i] += nonce[i];
        }
    }

    private static void start(int[] key, int counter, int[] nonce, int[] block) {
        block[0] = 0x61707865;
        block[1] = 0x3320646e;
        block[2] = 0x79622d32;
        block[3] = 0x6b206574;
        for (int i = 0; i < KEY_WORDS; i++) {
            block[4 + i] = key[i];
        }
        block[12] = counter;
        for (int i = 0; i < 3; i++) {
            block[13 + i] = nonce[i];
        }
    }

    private static void quarter(int[] s, int a, int b, int c, int d) {
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 16);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 12);
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 8);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 7);
    }
}
