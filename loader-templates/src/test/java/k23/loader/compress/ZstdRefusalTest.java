package k23.loader.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every name of a refusal, by a frame written by hand, and where the refusal says it is. */
class ZstdRefusalTest {
    private static final int CONTENT = 20;
    private static final Set<ZstdProblem> NAMED = EnumSet.noneOf(ZstdProblem.class);

    private static ZstdResult decode(byte[] frame, int bytes) {
        var memory = new GuardedMemory(frame.length, bytes);
        ZstdResult result = new ZstdDecoder().decode(memory.input(frame), memory.output(bytes),
                memory.workspace());
        memory.outputBytes(bytes);
        return result;
    }

    @ParameterizedTest
    @CsvSource({
        // Nothing, a piece of the magic, another magic, no descriptor.
        "'', 0, TRUNCATED",
        "28b52f, 0, TRUNCATED",
        "27b52ffd 2014, 0, BAD_MAGIC",
        "04224d18 604082, 0, BAD_MAGIC",
        "28b52ffd, 0, TRUNCATED",
        // The reserved bit; a window of 4 GiB; one of 2 GiB, and then no block.
        "28b52ffd 2814, 0, UNSUPPORTED",
        "28b52ffd 00b0, 0, UNSUPPORTED",
        "28b52ffd 00a8, 6, TRUNCATED",
        // Dictionaries of one, two and four bytes of id; an id of 0 is none.
        "28b52ffd 210514, 0, DICTIONARY",
        "28b52ffd 22000114, 0, DICTIONARY",
        "28b52ffd 230000008014, 0, DICTIONARY",
        "28b52ffd 2100 14 a30000 07, 11, NONE",
        // A block of type 3; one larger than its window; one that is cut off; a run of nothing.
        "28b52ffd 2014 a70000, 6, BAD_BLOCK",
        "28b52ffd 2014 a90000 07, 6, BLOCK_TOO_LARGE",
        "28b52ffd 0000 09200007, 6, BLOCK_TOO_LARGE",
        "28b52ffd 2014 a10000 0102, 6, TRUNCATED",
        "28b52ffd 2014 a30000, 6, TRUNCATED",
        "28b52ffd 2014 a20000 07, 10, TRUNCATED",
        // 19 and 21 bytes, announced and not.
        "28b52ffd 2014 9b0000 07, 10, BAD_CONTENT_SIZE",
        "28b52ffd 2015 ab0000 07, 6, OUTPUT_TOO_LARGE",
        "28b52ffd e0ffffffffffffff7f ab0000 07, 13, OUTPUT_TOO_LARGE",
        "28b52ffd 0000 9b0000 07, 10, OUTPUT_TOO_SMALL",
        "28b52ffd 0000 ab0000 07, 6, OUTPUT_TOO_LARGE",
        // A checksum that is wrong, and one that is missing.
        "28b52ffd 2414 a30000 07 00000000, 10, BAD_CHECKSUM",
        "28b52ffd 2414 a30000 07 000000, 10, TRUNCATED",
        // Literals: of an empty block, beyond the block, as they are, and as a run.
        "28b52ffd 0000 050000, 6, BAD_LITERALS",
        "28b52ffd 0000 250000 a0010203, 6, BAD_LITERALS",
        "28b52ffd 0000 0d0000 04, 6, BAD_LITERALS",
        "28b52ffd 0000 1d0000 a10700, 12, NONE",
        // The code of a block before that there is not; weights of nothing; all weights zero.
        "28b52ffd 0000 2d0000 4341000100, 6, NO_TABLE",
        "28b52ffd 0000 2d0000 4241000000, 6, BAD_HUFFMAN",
        "28b52ffd 0000 350000 428100800000, 6, BAD_HUFFMAN",
        // Sequences: none are said, none and a byte, three reserved modes, no modes.
        "28b52ffd 0000 150000 a107, 6, BAD_SEQUENCES",
        "28b52ffd 0000 250000 a1070000, 6, BAD_SEQUENCES",
        "28b52ffd 0000 2d0000 a107015504, 6, BAD_SEQUENCES",
        "28b52ffd 0000 1d0000 a10701, 6, BAD_SEQUENCES",
        // Tables: repeated without one, a symbol that there is not, too much accuracy, no stream.
        "28b52ffd 0000 250000 a10701fc, 6, NO_TABLE",
        "28b52ffd 0000 2d0000 a107014024, 6, BAD_TABLE",
        "28b52ffd 0000 2d0000 a10701800f, 6, BAD_TABLE",
        "28b52ffd 0000 250000 a1070100, 6, BAD_SEQUENCES",
        // One literal, three bytes from one back, sixteen literals.
        "28b52ffd 0000 450000 8907015401020004, 17, NONE",
        // From four back; a bit too many; a stream without an end; a match as the next to last.
        "28b52ffd 0000 450000 8907015401020007, 6, BAD_DISTANCE",
        "28b52ffd 0000 450000 8907015401020008, 6, BAD_SEQUENCES",
        "28b52ffd 0000 450000 8907015401020000, 6, BAD_SEQUENCES",
        "28b52ffd 0000 450000 8907015401020002, 6, BAD_SEQUENCES",
        // A literal of none; a literal too many for the output.
        "28b52ffd 0000 450000 0107015401020004, 6, BAD_SEQUENCES",
        "28b52ffd 0000 450000 9107015401020004, 6, OUTPUT_TOO_LARGE",
        // The first offset that stands for another, behind no literal: before the output.
        "28b52ffd 0000 450000 8907015400010002, 6, BAD_DISTANCE",
        // Skippable: cut off; then a whole frame; then something else.
        "502a4d18 05000000 01020304, 0, TRUNCATED",
        "5f2a4d18 01000000 00 28b52ffd 2014 a30000 07, 19, NONE",
        "28b52ffd 2014 a30000 07 00000000, 10, BAD_MAGIC",
        "28b52ffd 2014 a30000 07 28b52ffd 2000 070000, 16, BAD_BLOCK",
    })
    void namesWhatIsWrong(String hex, long offset, ZstdProblem expected) {
        byte[] frame = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertEquals(new ZstdResult(expected, offset), decode(frame, CONTENT));
        NAMED.add(expected);
    }

    @AfterAll
    static void everyProblemWasNamed() {
        assertEquals(EnumSet.allOf(ZstdProblem.class), NAMED);
    }

    /** The last frame's checksum makes that no shorter input is whole. */
    @Test
    void refusesEveryTruncation() {
        byte[] data = ZstdDecoderTest.words(new Random(3), 4000);
        try (var zstd = new ZstdCompressCtx()) {
            byte[] frame = zstd.setLevel(9).setChecksum(true).compress(data);
            assertEquals(ZstdProblem.NONE, decode(frame, data.length).problem());
            for (int bytes = 0; bytes < frame.length; bytes++) {
                assertEquals(ZstdProblem.TRUNCATED,
                        decode(Arrays.copyOf(frame, bytes), data.length).problem());
            }
        }
    }

    /** A few bits mean nothing: one of the header, those that fill a table's last byte. */
    @Test
    void refusesFlippedBitsThatChangeTheContent() {
        byte[] data = ZstdDecoderTest.words(new Random(3), 600);
        int meaningless = 0;
        try (var zstd = new ZstdCompressCtx()) {
            byte[] frame = zstd.setLevel(9).setChecksum(true).compress(data);
            for (int bit = 0; bit < 8 * frame.length; bit++) {
                byte[] flipped = frame.clone();
                flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
                var memory = new GuardedMemory(frame.length, data.length);
                ZstdProblem problem = new ZstdDecoder().decode(memory.input(flipped),
                        memory.output(data.length), memory.workspace()).problem();
                if (problem == ZstdProblem.NONE) {
                    assertArrayEquals(data, memory.outputBytes(data.length), "bit " + bit);
                    meaningless++;
                }
            }
        }
        assertTrue(meaningless < 32, meaningless + " bits mean nothing");
    }

    @Test
    void hashesAsTheSpecificationSays() {
        // XXH64 of nothing, with seed 0.
        var memory = new GuardedMemory(1, 1);
        assertEquals(0xEF46DB3751D8E999L, Xxh64.hash(memory.input(new byte[0])));
    }
}
