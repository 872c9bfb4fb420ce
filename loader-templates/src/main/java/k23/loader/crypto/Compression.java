package k23.loader.crypto;

import k23.sdk.Inline;
import k23.sdk.ReadOnly;
import k23.sdk.word.Address;

/**
 * SHA-512's compression function (FIPS 180-4, section 6.4.2). Rounds are written out, so that the
 * working variables need not move from one to the next, they only change their names.
 *
 * <p>Those that a round adds to, d and h, lie in memory, and so does the message schedule: a sum
 * that Cranelift sees as part of the next one it would regroup and compute several times over.
 * Compressions do not nest, which is why they can share that memory.
 *
 * @param a first working variable
 * @param b second
 * @param c third
 * @param e fifth
 * @param f sixth
 * @param g seventh
 */
record Compression(long a, long b, long c, long e, long f, long g) {
    /** The message words of the coming sixteen rounds. */
    private static final long[] W = new long[16];
    /** The working variables; in round i, variable n is at (n - i) modulo 8. */
    private static final long[] V = new long[8];

    @ReadOnly
    private static final RoundConstants[] CONSTANTS = RoundConstants.all();

    private static final long ODD_BYTES = 0x00ff_00ff_00ff_00ffL;
    private static final long ODD_PAIRS = 0x0000_ffff_0000_ffffL;

    /** Loads the 128 bytes at {@code block}. */
    static void load(Address block) {
        if (block.isAligned(8)) {
            for (int i = 0; i < 16; i++) {
                W[i] = reversed(block.getLong(8 * i));
            }
            return;
        }
        for (int i = 0; i < 16; i++) {
            long word = 0;
            for (int k = 0; k < 8; k++) {
                word = word << 8 | block.getUnsignedByte(8 * i + k);
            }
            W[i] = word;
        }
    }

    /** The word with its bytes reversed, in the fewest instructions of a hart without Zbb. */
    @Inline
    private static long reversed(long word) {
        long pairs = word >>> 8 & ODD_BYTES | (word & ODD_BYTES) << 8;
        long halves = pairs >>> 16 & ODD_PAIRS | (pairs & ODD_PAIRS) << 16;
        return halves >>> 32 | halves << 32;
    }

    /** Loads the 128 bytes of {@code block}. */
    static void load(byte[] block) {
        for (int i = 0; i < 16; i++) {
            long word = 0;
            for (int k = 0; k < 8; k++) {
                word = word << 8 | block[8 * i + k] & 0xff;
            }
            W[i] = word;
        }
    }

    /** Adds the block that was loaded to the hash value {@code state} of eight words. */
    static void run(long[] state) {
        for (int i = 0; i < 8; i++) {
            V[i] = state[i];
        }
        Compression s = new Compression(V[0], V[1], V[2], V[4], V[5], V[6]);
        for (int group = 0; group < RoundConstants.GROUPS; group++) {
            if (group != 0) {
                extend();
            }
            RoundConstants k = CONSTANTS[group];
            s = s.round(0, k.k0() + W[0])
                    .round(1, k.k1() + W[1])
                    .round(2, k.k2() + W[2])
                    .round(3, k.k3() + W[3])
                    .round(4, k.k4() + W[4])
                    .round(5, k.k5() + W[5])
                    .round(6, k.k6() + W[6])
                    .round(7, k.k7() + W[7])
                    .round(8, k.k8() + W[8])
                    .round(9, k.k9() + W[9])
                    .round(10, k.k10() + W[10])
                    .round(11, k.k11() + W[11])
                    .round(12, k.k12() + W[12])
                    .round(13, k.k13() + W[13])
                    .round(14, k.k14() + W[14])
                    .round(15, k.k15() + W[15]);
        }
        for (int i = 0; i < 8; i++) {
            state[i] += V[i];
        }
    }

    /**
     * One round; {@code input} is the sum of round constant and message word. The majority of a, b
     * and c is written so that the next round needs a part of it again.
     */
    @Inline
    private Compression round(int round, long input) {
        long t1 = V[7 - round & 7] + bigSigma1(e) + (g ^ e & (f ^ g)) + input;
        long nextE = V[3 - round & 7] + t1;
        V[3 - round & 7] = nextE;
        long nextA = t1 + bigSigma0(a) + (b ^ (a ^ b) & (b ^ c));
        V[7 - round & 7] = nextA;
        return new Compression(nextA, a, b, nextE, e, f);
    }

    /** Makes the message words of the next sixteen rounds. */
    @Inline
    private static void extend() {
        W[0] += smallSigma0(W[1]) + W[9] + smallSigma1(W[14]);
        W[1] += smallSigma0(W[2]) + W[10] + smallSigma1(W[15]);
        W[2] += smallSigma0(W[3]) + W[11] + smallSigma1(W[0]);
        W[3] += smallSigma0(W[4]) + W[12] + smallSigma1(W[1]);
        W[4] += smallSigma0(W[5]) + W[13] + smallSigma1(W[2]);
        W[5] += smallSigma0(W[6]) + W[14] + smallSigma1(W[3]);
        W[6] += smallSigma0(W[7]) + W[15] + smallSigma1(W[4]);
        W[7] += smallSigma0(W[8]) + W[0] + smallSigma1(W[5]);
        W[8] += smallSigma0(W[9]) + W[1] + smallSigma1(W[6]);
        W[9] += smallSigma0(W[10]) + W[2] + smallSigma1(W[7]);
        W[10] += smallSigma0(W[11]) + W[3] + smallSigma1(W[8]);
        W[11] += smallSigma0(W[12]) + W[4] + smallSigma1(W[9]);
        W[12] += smallSigma0(W[13]) + W[5] + smallSigma1(W[10]);
        W[13] += smallSigma0(W[14]) + W[6] + smallSigma1(W[11]);
        W[14] += smallSigma0(W[15]) + W[7] + smallSigma1(W[12]);
        W[15] += smallSigma0(W[0]) + W[8] + smallSigma1(W[13]);
    }

    @Inline
    private static long bigSigma0(long x) {
        return Long.rotateRight(x, 28) ^ Long.rotateRight(x, 34) ^ Long.rotateRight(x, 39);
    }

    @Inline
    private static long bigSigma1(long x) {
        return Long.rotateRight(x, 14) ^ Long.rotateRight(x, 18) ^ Long.rotateRight(x, 41);
    }

    @Inline
    private static long smallSigma0(long x) {
        return Long.rotateRight(x, 1) ^ Long.rotateRight(x, 8) ^ x >>> 7;
    }

    @Inline
    private static long smallSigma1(long x) {
        return Long.rotateRight(x, 19) ^ Long.rotateRight(x, 61) ^ x >>> 6;
    }
}
