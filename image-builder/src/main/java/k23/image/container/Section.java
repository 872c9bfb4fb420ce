package k23.image.container;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import k23.image.ImageException;
import k23.image.Limits;

/**
 * One section of the boot container.
 *
 * @param kind what it is
 * @param compression how it is stored
 * @param stored the stored bytes
 * @param rawBytes how many bytes they expand to
 * @param digests the SHA-512 that the header has for each chunk of the stored bytes, one after the
 *     other; {@link #chunkBytes} tells what a chunk is
 */
public record Section(
        SectionKind kind, Compression compression, byte[] stored, long rawBytes, byte[] digests) {
    /** The size of a digest. */
    static final int DIGEST_BYTES = 64;
    private static final int MIN_CHUNK_BYTES = 32 << 10;


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
                kind, smaller ? compression : Compression.NONE, stored, raw.length,
                digests(stored));
    }

    /** Whether the stored bytes have the digests of the header. */
    public boolean isIntact() {
        return MessageDigest.isEqual(digests, digests(stored));
    }

    /**
     * How large the chunks of {@code stored} bytes are, but for the last one: the least power of
     * two from 32 KiB on of which {@link Limits#CHUNKS} suffice.
     */
    static long chunkBytes(long stored) {
        long bytes = MIN_CHUNK_BYTES;
        while (bytes * Limits.CHUNKS < stored) {
            bytes *= 2;
        }
        return bytes;
    }

    /** How many chunks {@code stored} bytes have, at least one. */
    static int chunks(long stored) {
        return (int) Math.max(1, Math.ceilDiv(stored, chunkBytes(stored)));
    }

    private static byte[] digests(byte[] stored) {
        var all = new byte[chunks(stored.length) * DIGEST_BYTES];
        int bytes = (int) chunkBytes(stored.length);
        for (int i = 0; i < chunks(stored.length); i++) {
            byte[] chunk = Arrays.copyOfRange(
                    stored, i * bytes, Math.min((i + 1) * bytes, stored.length));
            System.arraycopy(digest(chunk), 0, all, i * DIGEST_BYTES, DIGEST_BYTES);
        }
        return all;
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
