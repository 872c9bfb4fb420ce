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
import java.util.Random;
import java.util.Set;
import k23.fuzz.FuzzTarget;

/**
 * Zstandard frames: what the reference refuses is refused, what both accept has the same content.
 * What only the reference accepts is named here.
 */
public final class ZstdTarget implements FuzzTarget {
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

    private final ZstdDecoder decoder = new ZstdDecoder();
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private GuardedMemory memory;

    /** A target without memory: the first input makes it. */
    public ZstdTarget() {}

    @Override
    public String name() {
        return "zstd";
    }

    @Override
    public List<byte[]> seeds() {
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

    @Override
    public int maxBytes() {
        return MAX_BYTES;
    }

    @Override
    public List<byte[]> words() {
        return List.of(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd},
                new byte[] {0x50, 0x2a, 0x4d, 0x18});
    }

    @Override
    public List<String> reached() {
        return List.of("k23.loader.compress.*");
    }

    @Override
    public String run(byte[] input) {
        if (memory == null) {
            memory = new GuardedMemory(MAX_BYTES, MAX_CONTENT);
        }
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
}
