package k23.image.sign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import k23.image.ImageException;

/** The public half of a signing key: 32 bytes, the encoding of a curve point. */
public final class VerifyingKey {
    /** The size of a key in bytes. */
    public static final int BYTES = 32;
    /** The size of a signature in bytes. */
    public static final int SIGNATURE_BYTES = 64;

    /** SubjectPublicKeyInfo of Ed25519 (RFC 8410): what comes before the 32 bytes. */
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private final byte[] point;

    private VerifyingKey(byte[] point) {
        this.point = point;
    }

    /** The key whose encoding is {@code point}, 32 bytes. */
    public static VerifyingKey of(byte[] point) {
        if (point.length != BYTES) {
            throw new IllegalArgumentException("an Ed25519 key has 32 bytes, not " + point.length);
        }
        return new VerifyingKey(point.clone());
    }

    /**
     * Reads a PEM file: a public key, or a private one, whose public half is taken.
     *
     * @throws ImageException K23-4301 or K23-4303 for what is not such a key
     */
    public static VerifyingKey read(Path file) {
        var pem = Pem.read(file);
        return pem.label().equals(Pem.PRIVATE)
                ? SigningKey.of(pem, file).verifyingKey()
                : of(pem, file);
    }

    private static VerifyingKey of(Pem pem, Path file) {
        byte[] der = pem.bytes();
        if (der.length != SPKI.length + BYTES
                || !Arrays.equals(der, 0, SPKI.length, SPKI, 0, SPKI.length)) {
            throw Pem.notEd25519(file);
        }
        return new VerifyingKey(Arrays.copyOfRange(der, SPKI.length, der.length));
    }

    /** Writes the key as PEM; refuses to replace a file. */
    public void write(Path file) throws IOException {
        Files.writeString(
                file, new Pem(Pem.PUBLIC, spki()).text(),
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return point.clone();
    }

    /** The first eight bytes of the key's SHA-512, little endian: how a container names it. */
    public long id() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-512").digest(point);
            return ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN).getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key id as it is printed: 16 hexadecimal digits, in the order of the file's bytes. */
    public static String idText(long id) {
        return HexFormat.of().toHexDigits(Long.reverseBytes(id));
    }

    /** Whether {@code signature} is this key's of {@code message}. */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(jca());
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // a signature or a key that is no point of the curve
        }
    }

    private PublicKey jca() throws GeneralSecurityException {
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki()));
    }

    private byte[] spki() {
        byte[] der = Arrays.copyOf(SPKI, SPKI.length + BYTES);
        System.arraycopy(point, 0, der, SPKI.length, BYTES);
        return der;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey key && Arrays.equals(point, key.point);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(point);
    }

    @Override
    public String toString() {
        return idText(id());
    }
}
