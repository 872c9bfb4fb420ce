package k23.image.attest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Something that an image was made of.
 *
 * @param kind what it is
 * @param name a name for people: of a program, or the path of a file in the image
 * @param source where it was: a path as the user wrote it, or what it comes with
 * @param bytes its content
 */
public record Material(Kind kind, String name, String source, byte[] bytes) {
    /** What a material is, with CycloneDX's word for it. */
    public enum Kind {
        /** The loader. */
        LOADER("firmware"),
        /** What the loader starts: the kernel, or a payload of the user's own. */
        PAYLOAD("operating-system"),
        /** The module of a program. */
        PROGRAM("application"),
        /** A file of the image. */
        FILE("file");

        private final String componentType;

        Kind(String componentType) {
            this.componentType = componentType;
        }

        String componentType() {
            return componentType;
        }
    }

    /** A digest of the content, in hexadecimal. */
    public String digest(String algorithm) {
        return hexadecimal(algorithm, bytes);
    }

    static String hexadecimal(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
