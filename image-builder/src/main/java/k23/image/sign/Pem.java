package k23.image.sign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Pattern;
import k23.image.ImageException;

/**
 * One block of a PEM file (RFC 7468).
 *
 * @param label what the block is
 * @param bytes its DER encoding
 */
record Pem(String label, byte[] bytes) {
    static final String PRIVATE = "PRIVATE KEY";
    static final String PUBLIC = "PUBLIC KEY";

    private static final int LIMIT_BYTES = 64 << 10;
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ([A-Z ]+)-----\\s+([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    static Pem read(Path file) {
        String text;
        try {
            if (Files.size(file) > LIMIT_BYTES) {
                throw notPem(file);
            }
            text = Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new ImageException(
                    "K23-4301", file.toString(),
                    "the key file cannot be read;"
                            + " `k23 keygen NAME` makes a pair NAME.pem, NAME.pub.pem");
        }
        var block = BLOCK.matcher(text);
        if (!block.find()) {
            throw notPem(file);
        }
        if (!block.group(1).equals(PRIVATE) && !block.group(1).equals(PUBLIC)) {
            throw notEd25519(file);
        }
        try {
            return new Pem(block.group(1), Base64.getMimeDecoder().decode(block.group(2)));
        } catch (IllegalArgumentException e) {
            throw notPem(file);
        }
    }

    String text() {
        var encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "-----BEGIN " + label + "-----\n" + encoder.encodeToString(bytes)
                + "\n-----END " + label + "-----\n";
    }

    private static ImageException notPem(Path file) {
        return new ImageException(
                "K23-4301", file.toString(),
                "not a key: expected PEM with a PRIVATE KEY (PKCS#8) or PUBLIC KEY block");
    }

    static ImageException notEd25519(Path file) {
        return new ImageException(
                "K23-4303", file.toString(),
                "not an unencrypted Ed25519 key, the only kind that signs images;"
                        + " `k23 keygen NAME` makes one");
    }
}
