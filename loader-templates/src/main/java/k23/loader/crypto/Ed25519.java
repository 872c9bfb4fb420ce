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

    private static final Scalar S = new Scalar();
    private static final Scalar K = new Scalar();
    private static final byte[] DIGEST = new byte[Sha512.DIGEST_BYTES];

    private Ed25519() {}

    /**
     * Whether {@code signature} is one of {@code message} by the owner of {@code key}.
     *
     * @param key       an array that holds a public key of 32 bytes at {@code keyAt}
     * @param keyAt     where the key starts
     * @param signature 64 bytes
     * @param message   what was signed
     * @param hash      what computes its digest
     */
    public static boolean verify(byte[] key, int keyAt, byte[] signature, Span message,
            Sha512 hash) {
        if (!S.set(signature, KEY_BYTES, KEY_BYTES) || !CurvePoint.decode(key, keyAt)
                || !CurvePoint.store()) {
            return false;
        }
        hash.reset();
        hash.update(signature, 0, KEY_BYTES);
        hash.update(key, keyAt, KEY_BYTES);
        hash.update(message);
        hash.digest(DIGEST);
        K.set(DIGEST, 0, Sha512.DIGEST_BYTES);
        combine();
        // R itself is not decoded: what equals a point's encoding is canonical and on the curve.
        return CurvePoint.hasEncoding(signature, 0) && !CurvePoint.isOfSmallOrder();
    }

    /** Makes the neutral point [S]B - [K]A, both at once (Straus, bit by bit). */
    private static void combine() {
        for (int i = Scalar.BITS - 1; i >= 0; i--) {
            int addend = S.bit(i) + 2 * K.bit(i) - 1;
            CurvePoint.redouble(addend >= 0);
            if (addend >= 0) {
                CurvePoint.add(addend, false);
            }
        }
    }
}
