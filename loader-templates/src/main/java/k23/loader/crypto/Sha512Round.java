package k23.loader.crypto;

import k23.sdk.Inline;

/**
 * The eight working variables of SHA-512's compression and what one round makes of them (FIPS
 * 180-4, sections 4.1.3 and 6.4.2).
 */
record Sha512Round(long a, long b, long c, long d, long e, long f, long g, long h) {
    /**
     * The variables behind one round.
     *
     * @param input the round's word of the schedule plus its constant
     */
    @Inline
    Sha512Round next(long input) {
        long t1 = h + bigSigma1(e) + (g ^ e & (f ^ g)) + input;
        long t2 = bigSigma0(a) + (a & b | c & (a | b));
        return new Sha512Round(t1 + t2, a, b, c, d + t1, e, f, g);
    }

    /** Word t of the schedule from words t - 16, t - 15, t - 7 and t - 2. */
    @Inline
    static long word(long w16, long w15, long w7, long w2) {
        return w16 + smallSigma0(w15) + w7 + smallSigma1(w2);
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
