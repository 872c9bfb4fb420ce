package k23.loader.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import k23.loader.fuzz.Fuzzer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Hostile frames: what the reference refuses is refused, what both accept has the same content.
 * What only the reference accepts is named here.
 */
class ZstdFuzzTest {
    private static final int MAX_BYTES = 4096;
    /** More than any content of the corpus, whose frames can grow. */
    private static final int MAX_CONTENT = 16 << 10;

    /**
     * Rules of RFC 8878 that the reference does not enforce when it has the whole frame at once:
     * no match from before the window, no block above the limit, no code of more than eleven bits,
     * no states of weights without their bits. Its decoder of two symbols at a time also takes a
     * last symbol that needs more bits than its stream has.
     */
    private static final Set<ZstdProblem> STRICTER = EnumSet.of(ZstdProblem.BAD_DISTANCE,
            ZstdProblem.BLOCK_TOO_LARGE, ZstdProblem.BAD_HUFFMAN, ZstdProblem.BAD_LITERALS);

    private static List<byte[]> corpus() {
        Random random = new Random(2);
        var corpus = new ArrayList<byte[]>();
        for (int level : new int[] {-5, 1, 3, 9, 19, 22}) {
            for (int bytes : new int[] {0, 1, 40, 300, 1500}) {
                byte[] data = level % 2 == 0 ? ZstdDecoderTest.letters(random, bytes, 7)
                        : ZstdDecoderTest.words(random, bytes);
                corpus.add(encode(data, level, (bytes & 8) != 0, level > 3));
            }
        }
        corpus.add(encode(new byte[1300], 3, true, true));
        corpus.add(encode(ZstdDecoderTest.randomBytes(random, 200), 3, false, false));
        corpus.add(ZstdDecoderTest.join(corpus.get(7), ZstdDecoderTest.skippable(3, 20),
                corpus.get(12)));
        // Several blocks, which repeat tables and codes of those before.
        byte[] words = ZstdDecoderTest.words(random, 5000);
        try (var zstd = new ZstdCompressCtx()) {
            zstd.setLevel(5).setWindowLog(10);
            corpus.add(zstd.compress(words));
        }
        return corpus;
    }

    private static byte[] encode(byte[] data, int level, boolean checksum, boolean contentSize) {
        try (var zstd = new ZstdCompressCtx()) {
            return zstd.setLevel(level).setChecksum(checksum).setContentSize(contentSize)
                    .compress(data);
        }
    }

    private static Map<String, Integer> fuzz(long inputs) {
        var decoder = new ZstdDecoder();
        var memory = new GuardedMemory[1];
        try (var zstd = new ZstdDecompressCtx()) {
            return Fuzzer.run("zstd", corpus(), MAX_BYTES, inputs, input -> {
                if (memory[0] == null) {
                    memory[0] = new GuardedMemory(MAX_BYTES, MAX_CONTENT);
                }
                return compare(input, decoder, memory[0], zstd);
            });
        }
    }

    private static String compare(byte[] input, ZstdDecoder decoder, GuardedMemory memory,
            ZstdDecompressCtx zstd) {
        byte[] content = null;
        String refusal = "no input";
        try {
            // No frame at all is nothing to the reference; an image has to have one.
            content = input.length == 0 ? null : zstd.decompress(input, MAX_CONTENT);
        } catch (ZstdException e) {
            refusal = e.getMessage();
        }
        int size = content != null ? content.length : input.length % 2 == 0 ? 1500 : MAX_CONTENT;
        ZstdResult ours = decoder.decode(memory.input(input), memory.output(size),
                memory.workspace());
        assertTrue(ours.offset() >= 0 && ours.offset() <= input.length, ours.toString());
        ZstdProblem problem = ours.problem();
        if (content == null) {
            assertNotEquals(ZstdProblem.NONE, problem, "the reference says " + refusal);
        } else if (STRICTER.contains(problem) || isLegacy(input, ours)) {
            return "STRICTER_" + problem + " " + ours.offset();
        } else {
            assertEquals(ZstdProblem.NONE, problem);
            assertArrayEquals(content, memory.outputBytes(size));
        }
        return problem + " " + ours.offset() + " " + (size + 15 >> 4);
    }

    /** The reference also reads the formats that were before the standard. */
    private static boolean isLegacy(byte[] input, ZstdResult ours) {
        int at = (int) ours.offset();
        return ours.problem() == ZstdProblem.BAD_MAGIC && (input[at] & 0xff) != 0x28
                && Arrays.equals(input, at + 1, at + 4,
                        new byte[] {(byte) 0xb5, 0x2f, (byte) 0xfd}, 0, 3);
    }

    @Test
    void thousandsAreRefusedOrDecodeAsTheReferenceDoes() {
        Map<String, Integer> outcomes = fuzz(20_000);
        assertTrue(outcomes.get("NONE") > 100 && outcomes.size() > 10, outcomes.toString());
    }

    @Test
    @Tag("nightly")
    void aMillionAreRefusedOrDecodeAsTheReferenceDoes() {
        fuzz(1_000_000);
    }
}
