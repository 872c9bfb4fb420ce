package k23.loader.crypto;

import k23.sdk.word.Span;

/**
 * Ed25519 signature verification (RFC 8032, section 5.1.7), the strict kind: encodings must be
 * canonical, S below the group order, and neither the key nor R a point of small order.
 */
public final class Ed25519 {
    /** The size of a public key in bytes. */
    public static final int KEY_BYTES = 32;
    /** The size of a signature in bytes: R, then S. */
    public static final int SIGNATURE_BYTES = 64;

    private static final Sha512 HASH = new Sha512();
    private static final Scalar S = new Scalar();
    private static final Scalar K = new Scalar();
    private static final Point BASE = basePoint();
    private static final Point MINUS_KEY = new Point();
    private static final Point BASE_MINUS_KEY = new Point();
    private static final Point R = new Point();
    private static final Point SUM = new Point();
    private static final byte[] DIGEST = new byte[Sha512.DIGEST_BYTES];
    private static final byte[] ENCODED = new byte[KEY_BYTES];

    private Ed25519() {}

    private static Point basePoint() {
        Point base = new Point();
        base.setBase();
        return base;
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
        if (!S.decode(signature, KEY_BYTES) || !R.decode(signature, 0)
                || !SUM.decode(key, keyAt)) {
            return false;
        }
        MINUS_KEY.setNegated(SUM);
        if (MINUS_KEY.isOfSmallOrder(SUM) || R.isOfSmallOrder(SUM)) {
            return false;
        }
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
        return difference == 0;
    }

    /** Makes SUM [S]B - [K]A, both multiplications in one pass (Straus). */
    private static void combine() {
        BASE_MINUS_KEY.setSum(BASE, MINUS_KEY);
        SUM.setNeutral();
        for (int bit = Scalar.BITS - 1; bit >= 0; bit--) {
            SUM.setDouble(SUM);
            int choice = S.bit(bit) | K.bit(bit) << 1;
            switch (choice) {
                case 1 -> SUM.setSum(SUM, BASE);
                case 2 -> SUM.setSum(SUM, MINUS_KEY);
                case 3 -> SUM.setSum(SUM, BASE_MINUS_KEY);
                default -> { }
            }
        }
    }
}
