package k23.image.container;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import k23.image.ImageException;
import k23.image.Limits;

/**
 * One section of the boot container.
 *
 * @param kind what it is
 * @param compression how it is stored
 * @param stored the stored bytes
 * @param rawBytes how many bytes they expand to
 * @param sha512 the digest that the header has for the stored bytes
 */
public record Section(
        SectionKind kind, Compression compression, byte[] stored, long rawBytes, byte[] sha512) {

    /** Packs {@code raw}; what does not shrink is stored as it is. */
    public static Section of(SectionKind kind, Compression compression, byte[] raw) {
        if (raw.length > Limits.SECTION_BYTES) {
            throw new ImageException(
                    "K23-4107", kind.name().toLowerCase(java.util.Locale.ROOT),
                    "the section has " + raw.length + " bytes, the limit is "
                            + Limits.SECTION_BYTES);
        }
        byte[] packed = compression.compress(raw);
        boolean smaller = packed.length < raw.length;
        byte[] stored = smaller ? packed : raw.clone();
        return new Section(
                kind, smaller ? compression : Compression.NONE, stored, raw.length, digest(stored));
    }

    /** Whether the stored bytes have the digest of the header. */
    public boolean isIntact() {
        return MessageDigest.isEqual(sha512, digest(stored));
    }

    /**
     * The section's content.
     *
     * @throws ImageException K23-4107 if the stored bytes do not expand to {@link #rawBytes}
     */
    public byte[] raw() {
        try {
            return compression.expand(stored, rawBytes);
        } catch (IOException e) {
            throw new ImageException(
                    "K23-4107", "section " + kind, "cannot be unpacked: " + e.getMessage());
        }
    }

    static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
