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
 * That memory is an object of its own for each digest: several harts compute some at once. Its
 * words are fields, since the elements of an array that is not static would be bounds-checked.
 */
final class Compression {
    @ReadOnly
    private static final RoundConstants[] CONSTANTS = RoundConstants.all();

    private static final long ODD_BYTES = 0x00ff_00ff_00ff_00ffL;
    private static final long ODD_PAIRS = 0x0000_ffff_0000_ffffL;

    /** The message words of the coming sixteen rounds. */
    private long w0;
    private long w1;
    private long w2;
    private long w3;
    private long w4;
    private long w5;
    private long w6;
    private long w7;
    private long w8;
    private long w9;
    private long w10;
    private long w11;
    private long w12;
    private long w13;
    private long w14;
    private long w15;

    /** The working variables; in round i, variable n is at (n - i) modulo 8. */
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long v4;
    private long v5;
    private long v6;
    private long v7;

    /** The working variables that change their names only. */
    private record Variables(long a, long b, long c, long e, long f, long g) {}

    /** Loads the 128 bytes at {@code block}. */
    void load(Address block) {
        boolean isAligned = block.isAligned(8);
        w0 = word(block, 0, isAligned);
        w1 = word(block, 8, isAligned);
        w2 = word(block, 16, isAligned);
        w3 = word(block, 24, isAligned);
        w4 = word(block, 32, isAligned);
        w5 = word(block, 40, isAligned);
        w6 = word(block, 48, isAligned);
        w7 = word(block, 56, isAligned);
        w8 = word(block, 64, isAligned);
        w9 = word(block, 72, isAligned);
        w10 = word(block, 80, isAligned);
        w11 = word(block, 88, isAligned);
        w12 = word(block, 96, isAligned);
        w13 = word(block, 104, isAligned);
        w14 = word(block, 112, isAligned);
        w15 = word(block, 120, isAligned);
    }

    @Inline
    private static long word(Address block, int at, boolean isAligned) {
        return isAligned ? reversed(block.getLong(at)) : unalignedWord(block, at);
    }

    private static long unalignedWord(Address block, int at) {
        long word = 0;
        for (int k = 0; k < 8; k++) {
            word = word << 8 | block.getUnsignedByte(at + k);
        }
        return word;
    }

    /** The word with its bytes reversed, in the fewest instructions of a hart without Zbb. */
    @Inline
    private static long reversed(long word) {
        long pairs = word >>> 8 & ODD_BYTES | (word & ODD_BYTES) << 8;
        long halves = pairs >>> 16 & ODD_PAIRS | (pairs & ODD_PAIRS) << 16;
        return halves >>> 32 | halves << 32;
    }

    /** Loads the 128 bytes of {@code block}. */
    void load(byte[] block) {
        w0 = word(block, 0);
        w1 = word(block, 8);
        w2 = word(block, 16);
        w3 = word(block, 24);
        w4 = word(block, 32);
        w5 = word(block, 40);
        w6 = word(block, 48);
        w7 = word(block, 56);
        w8 = word(block, 64);
        w9 = word(block, 72);
        w10 = word(block, 80);
        w11 = word(block, 88);
        w12 = word(block, 96);
        w13 = word(block, 104);
        w14 = word(block, 112);
        w15 = word(block, 120);
    }

    private static long word(byte[] block, int at) {
        long word = 0;
        for (int k = 0; k < 8; k++) {
            word = word << 8 | block[at + k] & 0xff;
        }
        return word;
    }

    /** Adds the block that was loaded to the hash value {@code state} of eight words. */
    void run(long[] state) {
        v0 = state[0];
        v1 = state[1];
        v2 = state[2];
        v3 = state[3];
        v4 = state[4];
        v5 = state[5];
        v6 = state[6];
        v7 = state[7];
        Variables s = new Variables(v0, v1, v2, v4, v5, v6);
        for (int group = 0; group < RoundConstants.GROUPS; group++) {
            if (group != 0) {
                extend();
            }
            RoundConstants k = CONSTANTS[group];
            s = round(s, k.k0() + w0, v3, v7);
            v3 = s.e;
            v7 = s.a;
            s = round(s, k.k1() + w1, v2, v6);
            v2 = s.e;
            v6 = s.a;
            s = round(s, k.k2() + w2, v1, v5);
            v1 = s.e;
            v5 = s.a;
            s = round(s, k.k3() + w3, v0, v4);
            v0 = s.e;
            v4 = s.a;
            s = round(s, k.k4() + w4, v7, v3);
            v7 = s.e;
            v3 = s.a;
            s = round(s, k.k5() + w5, v6, v2);
            v6 = s.e;
            v2 = s.a;
            s = round(s, k.k6() + w6, v5, v1);
            v5 = s.e;
            v1 = s.a;
            s = round(s, k.k7() + w7, v4, v0);
            v4 = s.e;
            v0 = s.a;
            s = round(s, k.k8() + w8, v3, v7);
            v3 = s.e;
            v7 = s.a;
            s = round(s, k.k9() + w9, v2, v6);
            v2 = s.e;
            v6 = s.a;
            s = round(s, k.k10() + w10, v1, v5);
            v1 = s.e;
            v5 = s.a;
            s = round(s, k.k11() + w11, v0, v4);
            v0 = s.e;
            v4 = s.a;
            s = round(s, k.k12() + w12, v7, v3);
            v7 = s.e;
            v3 = s.a;
            s = round(s, k.k13() + w13, v6, v2);
            v6 = s.e;
            v2 = s.a;
            s = round(s, k.k14() + w14, v5, v1);
            v5 = s.e;
            v1 = s.a;
            s = round(s, k.k15() + w15, v4, v0);
            v4 = s.e;
            v0 = s.a;
        }
        state[0] += v0;
        state[1] += v1;
        state[2] += v2;
        state[3] += v3;
        state[4] += v4;
        state[5] += v5;
        state[6] += v6;
        state[7] += v7;
    }

    /**
     * One round; {@code input} is the sum of round constant and message word. The majority of a, b
     * and c is written so that the next round needs a part of it again.
     */
    @Inline
    private static Variables round(Variables s, long input, long d, long h) {
        long t1 = h + bigSigma1(s.e) + (s.g ^ s.e & (s.f ^ s.g)) + input;
        long a = t1 + bigSigma0(s.a) + (s.b ^ (s.a ^ s.b) & (s.b ^ s.c));
        return new Variables(a, s.a, s.b, d + t1, s.e, s.f);
    }

    /** Makes the message words of the next sixteen rounds. */
    @Inline
    private void extend() {
        w0 += smallSigma0(w1) + w9 + smallSigma1(w14);
        w1 += smallSigma0(w2) + w10 + smallSigma1(w15);
        w2 += smallSigma0(w3) + w11 + smallSigma1(w0);
        w3 += smallSigma0(w4) + w12 + smallSigma1(w1);
        w4 += smallSigma0(w5) + w13 + smallSigma1(w2);
        w5 += smallSigma0(w6) + w14 + smallSigma1(w3);
        w6 += smallSigma0(w7) + w15 + smallSigma1(w4);
        w7 += smallSigma0(w8) + w0 + smallSigma1(w5);
        w8 += smallSigma0(w9) + w1 + smallSigma1(w6);
        w9 += smallSigma0(w10) + w2 + smallSigma1(w7);
        w10 += smallSigma0(w11) + w3 + smallSigma1(w8);
        w11 += smallSigma0(w12) + w4 + smallSigma1(w9);
        w12 += smallSigma0(w13) + w5 + smallSigma1(w10);
        w13 += smallSigma0(w14) + w6 + smallSigma1(w11);
        w14 += smallSigma0(w15) + w7 + smallSigma1(w12);
        w15 += smallSigma0(w0) + w8 + smallSigma1(w13);
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
