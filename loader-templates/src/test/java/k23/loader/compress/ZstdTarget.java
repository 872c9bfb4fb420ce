package k23.loader.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import k23.fuzz.FuzzTarget;

/**
 * Zstandard frames: what the reference refuses is refused, what both accept has the same content.
 * What only the reference accepts breaks one of the rules that are named here.
 */
public final class ZstdTarget implements FuzzTarget {
    private static final int MAX_BYTES = 4096;
    /** More than any content of the corpus, whose frames can grow. */
    private static final int MAX_CONTENT = 16 << 10;

    /** The smallest window (RFC 8878, section 3.1.1.1.2). */
    private static final int MIN_WINDOW = 1 << 10;
    private static final int BLOCK_HEADER_BYTES = 3;

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
        } else if (mayBeStricter(input, ours, size)) {
            return "STRICTER_" + problem + " " + ours.offset();
        } else {
            assertEquals(ZstdProblem.NONE, problem);
            assertArrayEquals(content, memory.outputBytes(size));
        }
        return problem + " " + ours.offset() + " " + (size + 15 >> 4);
    }

    /**
     * Whether this is a rule of RFC 8878 that the reference does not enforce when it has the whole
     * frame at once:
     * <ul>
     * <li>no block is larger than the limit, packed or not (3.1.1.2.4): it does when it has the
     * input in pieces;
     * <li>no match is from before the window, which only what is longer can break;
     * <li>no code has more than eleven bits (4.2.1), and there are no states of weights without
     * their bits;
     * <li>a stream of literals is consumed exactly (4.2.2): its decoder of two symbols at a time
     * takes a last symbol that needs more bits than there are.
     * </ul>
     */
    private static boolean mayBeStricter(byte[] input, ZstdResult ours, int size) {
        return switch (ours.problem()) {
            case BLOCK_TOO_LARGE -> !isTakenInPieces(input);
            case BAD_DISTANCE -> size > MIN_WINDOW;
            case BAD_HUFFMAN -> hasCode(input, ours, 2);
            case BAD_LITERALS -> hasCode(input, ours, 2) || hasCode(input, ours, 3);
            case BAD_MAGIC -> isLegacy(input, ours);
            default -> false;
        };
    }

    /** Whether the literals of the refused block are Huffman-coded, in this way. */
    private static boolean hasCode(byte[] input, ZstdResult ours, int type) {
        return (input[(int) ours.offset() + BLOCK_HEADER_BYTES] & 3) == type;
    }

    private static boolean isTakenInPieces(byte[] input) {
        try (var stream = new ZstdInputStream(new ByteArrayInputStream(input))) {
            stream.readAllBytes();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The reference also reads the formats that were before the standard. */
    private static boolean isLegacy(byte[] input, ZstdResult ours) {
        int at = (int) ours.offset();
        return (input[at] & 0xff) != 0x28 && Arrays.equals(input, at + 1, at + 4,
                new byte[] {(byte) 0xb5, 0x2f, (byte) 0xfd}, 0, 3);
    }
}
