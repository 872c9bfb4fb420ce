package k23.image.container;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;

/** How a section's bytes are stored. */
public enum Compression {
    /** As they are. */
    NONE(0),
    /** One LZ4 frame of independent blocks; the container's SHA-512 is its checksum. */
    LZ4(1),
    /** One Zstandard frame of the highest level; checksums as above. */
    ZSTD(2);

    private static final int ZSTD_LEVEL = 19;

    private final int code;

    Compression(int code) {
        this.code = code;
    }

    /** The number that stands for it in the header. */
    public int code() {
        return code;
    }

    /** The compression of {@code code}, or null. */
    static Compression of(int code) {
        for (Compression compression : values()) {
            if (compression.code == code) {
                return compression;
            }
        }
        return null;
    }

    /** Packs {@code raw}. */
    byte[] compress(byte[] raw) {
        return switch (this) {
            case NONE -> raw.clone();
            case LZ4 -> Lz4Frame.compress(raw);
            case ZSTD -> Zstd.compress(raw, ZSTD_LEVEL);
        };
    }

    /**
     * Unpacks {@code stored}, which must give exactly {@code rawBytes}.
     *
     * @throws IOException if it does not, or is malformed
     */
    byte[] expand(byte[] stored, long rawBytes) throws IOException {
        return switch (this) {
            case NONE -> exactly(stored.clone(), rawBytes);
            case LZ4 -> {
                var source = new ByteArrayInputStream(stored);
                try (var in = new FramedLZ4CompressorInputStream(source)) {
                    // One byte more than promised is enough to know that the promise is broken.
                    yield exactly(in.readNBytes(Math.toIntExact(rawBytes + 1)), rawBytes);
                } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                    throw new IOException("malformed LZ4 frame", e);
                }
            }
            case ZSTD -> {
                try {
                    yield exactly(Zstd.decompress(stored, Math.toIntExact(rawBytes)), rawBytes);
                } catch (ZstdException e) {
                    throw new IOException("malformed Zstandard frame: " + e.getMessage(), e);
                }
            }
        };
    }

    private static byte[] exactly(byte[] raw, long rawBytes) throws IOException {
        if (raw.length != rawBytes) {
            throw new IOException("expands to " + (raw.length > rawBytes ? "more" : "less")
                    + " than the " + rawBytes + " bytes that the header says");
        }
        return raw;
    }
}
