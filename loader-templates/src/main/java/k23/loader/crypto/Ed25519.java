package k23.loader.crypto;

import k23.sdk.word.Span;

/**
 * Ed25519 signature verification (RFC 8032, section 5.1.7), the strict kind: encodings must be
 * canonical, S below the group order, and neither the key nor R a point of small order. One
 * verification at a time: nothing here allocates, so its numbers have fixed places.
 */
public final class Ed25519 {
    /** The size of a public key in bytes. */
    public static final int KEY_BYTES = 32;
    /** The size of a signature in bytes: R, then S. */
    public static final int SIGNATURE_BYTES = 64;

    private static final Sha512 HASH = new Sha512();
    private static final Scalar S = new Scalar();
    private static final Scalar K = new Scalar();
    private static final int BASE_WIDTH = 6;
    private static final int KEY_WIDTH = 5;
    private static final byte[] S_DIGITS = new byte[Scalar.DIGITS];
    private static final byte[] K_DIGITS = new byte[Scalar.DIGITS];
    private static final Point SUM = new Point();
    private static final Point SCRATCH = new Point();
    private static final Addend[] BASE = baseMultiples();
    private static final Addend[] MINUS_KEY = new Addend[1 << KEY_WIDTH - 2];
    private static final byte[] DIGEST = new byte[Sha512.DIGEST_BYTES];
    private static final byte[] ENCODED = new byte[KEY_BYTES];

    private Ed25519() {}

    private static Addend[] baseMultiples() {
        Addend[] multiples = new Addend[1 << BASE_WIDTH - 2];
        Point base = new Point();
        base.setBase();
        setOddMultiples(multiples, base);
        return multiples;
    }

    /** Fills {@code table} with 1, 3, 5 … times {@code point}, which changes. */
    private static void setOddMultiples(Addend[] table, Point point) {
        table[0] = point.addend();
        SCRATCH.set(point);
        SCRATCH.redouble(true);
        Addend twice = SCRATCH.addend();
        for (int i = 1; i < table.length; i++) {
            point.add(twice, true);
            table[i] = point.addend();
        }
    }

    /**
     * Whether {@code signature} is one of {@code message} by the owner of {@code key}.
     *
     * @param key       an array that holds a public key of 32 bytes at {@code keyAt}
     * @param keyAt     where the key starts
     * @param signature 64 bytes
     * @param message   what was signed
     */
    public static boolean verify(byte[] key, int keyAt, byte[] signature, Span message) {
        if (!S.decode(signature, KEY_BYTES) || !SCRATCH.decode(key, keyAt)) {
            return false;
        }
        SUM.setNegated(SCRATCH);
        if (SCRATCH.isOfSmallOrder()) {
            return false;
        }
        setOddMultiples(MINUS_KEY, SUM);
        HASH.reset();
        HASH.update(signature, 0, KEY_BYTES);
        HASH.update(key, keyAt, KEY_BYTES);
        HASH.update(message);
        HASH.digest(DIGEST);
        K.reduce(DIGEST);
        combine();
        SUM.encode(ENCODED);
        int difference = 0;
        for (int i = 0; i < KEY_BYTES; i++) {
            difference |= ENCODED[i] ^ signature[i];
        }
        // R itself is not decoded: what equals a point's encoding is canonical and on the curve.
        return difference == 0 && !SUM.isOfSmallOrder();
    }

    /** Makes SUM [S]B - [K]A, both multiplications in one pass (Straus). */
    private static void combine() {
        S.recode(S_DIGITS, BASE_WIDTH);
        K.recode(K_DIGITS, KEY_WIDTH);
        SUM.setNeutral();
        for (int i = Scalar.DIGITS - 1; i >= 0; i--) {
            int s = S_DIGITS[i];
            int k = K_DIGITS[i];
            SUM.redouble((s | k) != 0);
            if (k != 0) {
                SUM.add(multiple(MINUS_KEY, k), s != 0);
            }
            if (s != 0) {
                SUM.add(multiple(BASE, s), false);
            }
        }
    }

    /** {@code factor}, which is odd, times the point of {@code table}. */
    private static Addend multiple(Addend[] table, int factor) {
        return factor > 0 ? table[factor >> 1] : table[-factor >> 1].negated();
    }
}
