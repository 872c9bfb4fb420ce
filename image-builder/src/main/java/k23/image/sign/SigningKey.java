package k23.image.sign;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import k23.image.ImageException;

/** A key that signs images, with its public half. */
public final class SigningKey {
    private static final int SEED_BYTES = 32;

    private final PrivateKey secret;
    private final VerifyingKey verifyingKey;

    private SigningKey(PrivateKey secret, VerifyingKey verifyingKey) {
        this.secret = secret;
        this.verifyingKey = verifyingKey;
    }

    /** A new key from the system's randomness. */
    public static SigningKey generate() {
        byte[] seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        return ofSeed(seed);
    }

    /** The key of a 32-byte seed, RFC 8032's "private key". */
    public static SigningKey ofSeed(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length);
        }
        try {
            // JCA has no way from a private key to its public half, but a generator computes both
            // from the bytes that its source of randomness returns.
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Replay(seed));
            var pair = generator.generateKeyPair();
            byte[] spki = pair.getPublic().getEncoded();
            var point = Arrays.copyOfRange(spki, spki.length - VerifyingKey.BYTES, spki.length);
            var key = new SigningKey(pair.getPrivate(), VerifyingKey.of(point));
            key.check(seed);
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no Ed25519", e);
        }
    }

    /** Another JCA provider might use its randomness otherwise: never hand out such a key. */
    private void check(byte[] seed) {
        byte[] message = "k23".getBytes(StandardCharsets.US_ASCII);
        if (!Arrays.equals(seed, seedOf(secret))
                || !verifyingKey.verifies(message, sign(message))) {
            throw new IllegalStateException("the JCA provider does not derive keys from the seed");
        }
    }

    /**
     * Reads a PKCS#8 PEM file.
     *
     * @throws ImageException K23-4301, K23-4302 or K23-4303 for what is not such a key
     */
    public static SigningKey read(Path file) {
        return of(Pem.read(file), file);
    }

    static SigningKey of(Pem pem, Path file) {
        if (!pem.label().equals(Pem.PRIVATE)) {
            throw new ImageException(
                    "K23-4302", file.toString(),
                    "this is a public key; signing needs the private one:"
                            + " NAME.pem, not NAME.pub.pem");
        }
        try {
            var spec = new PKCS8EncodedKeySpec(pem.bytes());
            return ofSeed(seedOf(KeyFactory.getInstance("Ed25519").generatePrivate(spec)));
        } catch (GeneralSecurityException e) {
            throw Pem.notEd25519(file);
        }
    }

    private static byte[] seedOf(PrivateKey key) {
        return ((EdECPrivateKey) key).getBytes().orElseThrow();
    }

    /**
     * Writes the key as PEM, readable by its owner alone; refuses to replace a file.
     *
     * @throws java.nio.file.FileAlreadyExistsException if {@code file} exists
     */
    public void write(Path file) throws IOException {
        byte[] text = new Pem(Pem.PRIVATE, secret.getEncoded()).text()
                .getBytes(StandardCharsets.US_ASCII);
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        // The mode is given at creation: there is no moment at which others can open the file.
        try (var channel = Files.newByteChannel(file, Set.copyOf(options), ownerOnly(file))) {
            channel.write(ByteBuffer.wrap(text));
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Whether others than the owner may read the key file. */
    public static boolean isExposed(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        int mode = (Integer) Files.getAttribute(file, "unix:mode", new LinkOption[0]);
        return (mode & 0077) != 0;
    }

    /** The public half. */
    public VerifyingKey verifyingKey() {
        return verifyingKey;
    }

    /** The 64-byte signature of {@code message}: pure Ed25519, the same every time. */
    public byte[] sign(byte[] message) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(secret);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** "Randomness" that is one given seed. */
    private static final class Replay extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] seed;

        Replay(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
