package k23.image.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.commons.compress.compressors.lz77support.LZ77Compressor;
import org.apache.commons.compress.compressors.lz77support.Parameters;

/**
 * Writes LZ4 frames (LZ4 Frame Format 1.6.3): independent blocks of 256 KiB, which several harts
 * can decode at once; no checksums, since the boot container's SHA-512 covers the frame.
 *
 * <p>Commons Compress searches the matches, and reads frames. Its own writer of LZ4 blocks is not
 * used: its time grows with the square of a block's size, 13 s for a MiB where this takes 0.1 s.
 */
final class Lz4Frame {
    private static final int MAGIC = 0x184D2204;
    /** Version 1, independent blocks. */
    private static final byte FLAGS = 0x60;
    /** Blocks of up to 256 KiB. */
    private static final byte BLOCK_DESCRIPTOR = 0x50;
    /** The second byte of XXH32 over the two bytes above. */
    private static final byte HEADER_CHECKSUM = (byte) 0xFB;
    private static final int BLOCK_BYTES = 256 << 10;
    private static final int STORED = 1 << 31;

    private static final int MIN_MATCH = 4;
    private static final int MAX_DISTANCE = 0xFFFF;
    /** A match must not start in the last 12 bytes of a block, nor reach its last 5. */
    private static final int TAIL_BYTES = 12;
    /** How hard to search: within 1 % of the best that LZ4 can do on RISC-V code. */
    private static final int CANDIDATES = 256;

    private Lz4Frame() {}

    static byte[] compress(byte[] raw) {
        var out = new ByteArrayOutputStream(raw.length / 2 + 64);
        putInt(out, MAGIC);
        out.write(FLAGS);
        out.write(BLOCK_DESCRIPTOR);
        out.write(HEADER_CHECKSUM);
        for (int at = 0; at < raw.length; at += BLOCK_BYTES) {
            int bytes = Math.min(BLOCK_BYTES, raw.length - at);
            byte[] block = new Block(raw, at, at + bytes).compress();
            if (block.length < bytes) {
                putInt(out, block.length);
                out.writeBytes(block);
            } else {
                putInt(out, bytes | STORED);
                out.write(raw, at, bytes);
            }
        }
        putInt(out, 0);
        return out.toByteArray();
    }

    private static void putInt(ByteArrayOutputStream out, int value) {
        out.writeBytes(
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    /** One block: a run of sequences, each some literals and then a match (LZ4 Block Format). */
    private static final class Block implements LZ77Compressor.Callback {
        private final byte[] raw;
        private final int end;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        /** Where the literals start that no sequence has taken yet. */
        private int literals;
        private int position;

        Block(byte[] raw, int start, int end) {
            this.raw = raw;
            this.end = end;
            this.literals = start;
            this.position = start;
        }

        byte[] compress() {
            if (end - position > TAIL_BYTES + MIN_MATCH) {
                var parameters = Parameters.builder(MAX_DISTANCE + 1)
                        .withMinBackReferenceLength(MIN_MATCH)
                        .withMaxBackReferenceLength(MAX_DISTANCE)
                        .withMaxOffset(MAX_DISTANCE)
                        .withMaxLiteralLength(MAX_DISTANCE)
                        .withMaxNumberOfCandidates(CANDIDATES)
                        .withNiceBackReferenceLength(CANDIDATES)
                        .withLazyMatching(true)
                        .withLazyThreshold(CANDIDATES)
                        .build();
                try {
                    var search = new LZ77Compressor(parameters, this);
                    search.compress(raw, position, end - TAIL_BYTES - position);
                    search.finish();
                } catch (IOException e) {
                    throw new IllegalStateException(e); // the callback does not throw it
                }
            }
            sequence(end - literals, 0, 0);
            return out.toByteArray();
        }

        @Override
        public void accept(LZ77Compressor.Block block) {
            switch (block) {
                case LZ77Compressor.LiteralBlock run -> position += run.getLength();
                case LZ77Compressor.BackReference match -> {
                    sequence(position - literals, match.getLength(), match.getOffset());
                    position += match.getLength();
                    literals = position;
                }
                default -> {} // the end of the data
            }
        }

        /** Writes a sequence; the last one of a block has no match, {@code length} 0. */
        private void sequence(int literalBytes, int length, int distance) {
            int rest = length == 0 ? 0 : length - MIN_MATCH;
            out.write(Math.min(literalBytes, 15) << 4 | Math.min(rest, 15));
            putLength(literalBytes);
            out.write(raw, literals, literalBytes);
            if (length > 0) {
                out.write(distance);
                out.write(distance >>> 8);
                putLength(rest);
            }
        }

        private void putLength(int length) {
            if (length >= 15) {
                int rest = length - 15;
                for (; rest >= 255; rest -= 255) {
                    out.write(255);
                }
                out.write(rest);
            }
        }
    }
}
