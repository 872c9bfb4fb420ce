package k23.loader.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoder against the reference implementation. */
class ZstdDecoderTest {
    private static final int BIG = 20 << 20;

    /** Data of every kind that compressors treat differently. */
    private static Map<String, byte[]> corpus() {
        var corpus = new LinkedHashMap<String, byte[]>();
        Random random = new Random(23);
        corpus.put("empty", new byte[0]);
        corpus.put("one byte", new byte[] {42});
        corpus.put("a run", new byte[200_000]);
        corpus.put("noise", randomBytes(random, 150_000));
        corpus.put("few letters", letters(random, 140_000, 4));
        corpus.put("two letters", letters(random, 9_000, 2));
        corpus.put("skewed", skewed(random, 200_000));
        corpus.put("words", words(random, 300_000));
        corpus.put("class file", classFile());
        corpus.put("ELF file", elfFile());
        for (int bytes : new int[] {2, 3, 5, 6, 7, 31, 63, 255, 256, 257, 1023, 65_791, 131_073}) {
            corpus.put(bytes + " bytes of words", words(random, bytes));
        }
        return corpus;
    }

    static byte[] randomBytes(Random random, int bytes) {
        byte[] data = new byte[bytes];
        random.nextBytes(data);
        return data;
    }

    static byte[] letters(Random random, int bytes, int letters) {
        byte[] data = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            data[i] = (byte) ('a' + random.nextInt(letters));
        }
        return data;
    }

    /** All 256 values, most of them rare: long Huffman codes. */
    private static byte[] skewed(Random random, int bytes) {
        byte[] data = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            data[i] = (byte) (random.nextGaussian() * random.nextInt(1, 40));
        }
        return data;
    }

    static byte[] words(Random random, int bytes) {
        byte[][] dictionary = new byte[500][];
        for (int i = 0; i < dictionary.length; i++) {
            dictionary[i] = letters(random, random.nextInt(2, 12), 26);
        }
        byte[] data = new byte[bytes];
        for (int i = 0; i < bytes;) {
            byte[] word = dictionary[(int) Math.abs(random.nextGaussian() * 160) % 500];
            int length = Math.min(word.length, bytes - i);
            System.arraycopy(word, 0, data, i, length);
            i += length;
            if (i < bytes) {
                data[i++] = ' ';
            }
        }
        return data;
    }

    private static byte[] classFile() {
        try (var in = Arrays.class.getResourceAsStream("Arrays.class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The start of the Java launcher's library: real code and tables. */
    private static byte[] elfFile() {
        Path file = Path.of(System.getProperty("java.home"), "lib", "libjava.so");
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encode(byte[] data, int level, boolean checksum, boolean contentSize) {
        try (var zstd = new ZstdCompressCtx()) {
            return zstd.setLevel(level).setChecksum(checksum).setContentSize(contentSize)
                    .compress(data);
        }
    }

    private static void decodes(String what, byte[] frame, byte[] data) {
        var memory = new GuardedMemory(frame.length, data.length);
        ZstdResult result = new ZstdDecoder().decode(memory.input(frame),
                memory.output(data.length), memory.workspace());
        assertEquals(new ZstdResult(ZstdProblem.NONE, frame.length), result, what);
        assertArrayEquals(data, memory.outputBytes(data.length), what);
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, -1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
        20, 21, 22})
    void decodesWhatTheReferenceEncodes(int level) {
        corpus().forEach((name, data) -> {
            boolean odd = (level + data.length & 1) != 0;
            String what = name + " at level " + level;
            decodes(what, encode(data, level, odd, true), data);
            decodes(what, encode(data, level, !odd, false), data);
        });
    }

    /** Twenty megabytes that repeat over more than the usual window. */
    @Test
    void decodesLongDistances() {
        Random random = new Random(4);
        byte[] data = new byte[BIG];
        byte[] noise = randomBytes(random, 6 << 20);
        System.arraycopy(noise, 0, data, 0, noise.length);
        byte[] text = words(random, 8 << 20);
        System.arraycopy(text, 0, data, noise.length, text.length);
        System.arraycopy(noise, 0, data, noise.length + text.length, noise.length);
        try (var zstd = new ZstdCompressCtx()) {
            byte[] frame = zstd.setLevel(3).setChecksum(true).setLong(27).compress(data);
            assertEquals(0, frame.length / data.length);
            decodes("long distances", frame, data);
        }
        decodes("at level 1", encode(data, 1, true, false), data);
    }

    /** Small windows: the window is less than the data, and blocks are less than 128 KiB. */
    @ParameterizedTest
    @ValueSource(ints = {10, 11, 14, 17})
    void decodesSmallWindows(int log) {
        byte[] data = words(new Random(log), 700_000);
        for (int level : new int[] {1, 5, 12, 19}) {
            try (var zstd = new ZstdCompressCtx()) {
                zstd.setLevel(level).setContentSize(false).setChecksum(true);
                zstd.setWindowLog(log);
                decodes("window " + log, zstd.compress(data), data);
            }
        }
    }

    @Test
    void decodesSeveralFramesAndSkipsTheSkippable() {
        byte[] data = words(new Random(6), 5000);
        byte[] frames = join(skippable(0, 0), encode(Arrays.copyOf(data, 3001), 3, true, true),
                skippable(15, 9), encode(new byte[0], 1, true, true),
                encode(Arrays.copyOfRange(data, 3001, 5000), 19, false, false), skippable(7, 300));
        decodes("several frames", frames, data);
    }

    static byte[] skippable(int number, int bytes) {
        byte[] frame = new byte[8 + bytes];
        frame[0] = (byte) (0x50 + number);
        frame[1] = 0x2a;
        frame[2] = 0x4d;
        frame[3] = 0x18;
        frame[4] = (byte) bytes;
        frame[5] = (byte) (bytes >> 8);
        return frame;
    }

    static byte[] join(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(p -> p.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
