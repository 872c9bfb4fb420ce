package k23.loader.compress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.BlockSize;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.Parameters;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoder against Commons Compress' encoder, and against damage. */
class Lz4FrameTest {
    private static final int CANARY_BYTES = 64;
    private static final byte CANARY = (byte) 0xa5;
    /** A frame's magic, version 1 with independent blocks of 64 KiB, a header checksum. */
    private static final String HEADER = "04224d18 60 40 82";
    private static final String END = "00000000";

    private record Decoded(Lz4Problem problem, byte[] output) {}

    /** Decodes to {@code bytes} bytes, at odd addresses, and checks that no other byte changed. */
    private static Decoded decode(byte[] frame, int bytes, int misalignment) {
        Machine machine = Machine.reset();
        byte[] shifted = new byte[misalignment + frame.length];
        System.arraycopy(frame, 0, shifted, misalignment, frame.length);
        Span input = machine.allocate(shifted).from(misalignment);
        byte[] canaries = new byte[misalignment + bytes + CANARY_BYTES];
        Arrays.fill(canaries, CANARY);
        Span around = machine.allocate(canaries);
        Lz4Problem problem = Lz4Frame.decode(input, around.slice(misalignment, bytes));
        byte[] after = machine.bytes(around);
        for (int i = 0; i < misalignment; i++) {
            assertEquals(CANARY, after[i], "before the output");
        }
        for (int i = misalignment + bytes; i < after.length; i++) {
            assertEquals(CANARY, after[i], "behind the output");
        }
        return new Decoded(problem, Arrays.copyOfRange(after, misalignment, misalignment + bytes));
    }

    private static byte[] encode(byte[] data, Parameters parameters) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var lz4 = new FramedLZ4CompressorOutputStream(out, parameters)) {
            lz4.write(data);
        }
        return out.toByteArray();
    }

    private static void roundTrip(byte[] data, Parameters parameters, int misalignment)
            throws IOException {
        Decoded decoded = decode(encode(data, parameters), data.length, misalignment);
        assertEquals(Lz4Problem.NONE, decoded.problem);
        assertArrayEquals(data, decoded.output);
    }

    /** Bytes with {@code letters} different values and runs of up to {@code run} of one. */
    private static byte[] noise(Random random, int bytes, int letters, int run) {
        byte[] data = new byte[bytes];
        for (int i = 0; i < bytes;) {
            byte next = (byte) random.nextInt(letters);
            int end = Math.min(bytes, i + 1 + random.nextInt(run));
            Arrays.fill(data, i, end, next);
            i = end;
        }
        return data;
    }

    @ParameterizedTest
    @EnumSource(BlockSize.class)
    void decodesWhatCommonsCompressEncodes(BlockSize size) throws IOException {
        Random random = new Random(size.ordinal());
        for (int round = 0; round < 40; round++) {
            var parameters = new Parameters(size, random.nextBoolean(), random.nextBoolean(),
                    false);
            int bytes = random.nextInt(1 << random.nextInt(4, 17));
            byte[] data = noise(random, bytes, 1 << random.nextInt(9), 1 << random.nextInt(10));
            roundTrip(data, parameters, round % 9);
        }
    }

    @ParameterizedTest
    @EnumSource(BlockSize.class)
    void decodesFramesOfSeveralBlocks(BlockSize size) throws IOException {
        int blockBytes = 1 << 8 + 2 * (4 + size.ordinal());
        Random random = new Random(7);
        byte[] data = noise(random, Math.min(2 * blockBytes + 12_345, 5 << 20), 5, 300);
        roundTrip(data, new Parameters(size, true, true, false), 0);
        roundTrip(data, new Parameters(size, false, false, false), 3);
    }

    /** What {@code lz4} writes, with blocks that refer to those before them or not. */
    @ParameterizedTest
    @CsvSource({"-BI, NONE", "-BD, UNSUPPORTED"})
    void refusesDependentBlocks(String option, Lz4Problem expected, @TempDir Path folder)
            throws Exception {
        byte[] data = noise(new Random(8), 500_000, 3, 500);
        Path file = Files.write(folder.resolve("data"), data);
        Path packed = folder.resolve("data.lz4");
        Process lz4;
        try {
            lz4 = new ProcessBuilder("lz4", option, "-B4", "--content-size",
                    "-f", "-q", file.toString(), packed.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException _) {
            Assumptions.abort("lz4 is missing: apt-get install lz4");
            return;
        }
        assertEquals(0, lz4.waitFor());
        Decoded decoded = decode(Files.readAllBytes(packed), data.length, 0);
        assertEquals(expected, decoded.problem);
        if (expected == Lz4Problem.NONE) {
            assertArrayEquals(data, decoded.output);
        }
    }

    /** Each block alone, the last one first. */
    @Test
    void decodesBlocksInAnyOrder() throws IOException {
        byte[] data = noise(new Random(9), 5 * (64 << 10) + 1, 4, 200);
        byte[] frame = encode(data, new Parameters(BlockSize.K64, true, true, false));
        Machine machine = Machine.reset();
        Span input = machine.allocate(frame);
        Span output = machine.allocate(data.length);
        assertEquals(new Lz4Frame.Blocks(6, Lz4Problem.NONE),
                Lz4Frame.blocks(input, data.length));
        for (int i = 5; i >= 0; i--) {
            assertEquals(Lz4Problem.NONE, Lz4Frame.decodeBlock(input, i, output));
        }
        assertArrayEquals(data, machine.bytes(output));
    }

    /** A block before the last that is not full, or one too many. */
    @ParameterizedTest
    @CsvSource({
        "65537, 01000080 01 01000080 02, OUTPUT_TOO_SMALL",
        "2, 01000080 01 01000080 02, OUTPUT_TOO_LARGE",
        "65537, 01000080 01, OUTPUT_TOO_SMALL",
    })
    void refusesBlocksThatAreNotFull(int bytes, String blocks, Lz4Problem expected) {
        assertEquals(expected, decode(bytes(HEADER + blocks + END), bytes, 0).problem);
    }

    @Test
    void decodesTheEdges() throws IOException {
        var parameters = new Parameters(BlockSize.K64, true, false, false);
        roundTrip(new byte[0], parameters, 0);
        for (int bytes = 1; bytes < 70; bytes++) {
            roundTrip(new byte[bytes], parameters, bytes % 8);
            roundTrip(noise(new Random(bytes), bytes, 256, 1), parameters, bytes % 8);
        }
        roundTrip(new byte[1_000_000], parameters, 0);
        roundTrip(noise(new Random(1), 300_000, 256, 1), parameters, 1);
        roundTrip("abcdefg".repeat(20_000).getBytes(StandardCharsets.UTF_8), parameters, 0);
    }

    /** Every distance from 1 to beyond two words, and every length around a word. */
    @Test
    void repeatsAtEveryDistance() {
        for (int distance = 1; distance < 40; distance++) {
            for (int length = 4; length < 60; length++) {
                byte[] literals = noise(new Random(distance), distance, 256, 1);
                var out = new ByteArrayOutputStream();
                int low = Math.min(length - 4, 15);
                out.write((Math.min(distance, 15) << 4) | low);
                if (distance >= 15) {
                    out.write(distance - 15);
                }
                out.writeBytes(literals);
                out.write(distance);
                out.write(0);
                if (low == 15) {
                    out.write(length - 4 - 15);
                }
                out.write(0);
                byte[] expected = Arrays.copyOf(literals, distance + length);
                for (int i = distance; i < expected.length; i++) {
                    expected[i] = expected[i - distance];
                }
                Decoded decoded = decode(frame(out.toByteArray()), expected.length, length % 8);
                assertEquals(Lz4Problem.NONE, decoded.problem);
                assertArrayEquals(expected, decoded.output, distance + " for " + length);
            }
        }
    }

    /** A frame of one compressed block. */
    private static byte[] frame(byte[] block) {
        HexFormat hex = HexFormat.of();
        String size = hex.toHexDigits(Integer.reverseBytes(block.length));
        return bytes(HEADER + size + hex.formatHex(block) + END);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** One malformed frame for each way in which a frame can be, all to be decoded to 20 bytes. */
    @ParameterizedTest
    @CsvSource({
        // Nothing, and headers cut off.
        "'', TRUNCATED",
        "04224d18 6040, TRUNCATED",
        "04224d18 684082, TRUNCATED",
        // Another magic; a skippable frame; the legacy frame.
        "05224d18 604082 00000000, BAD_MAGIC",
        "502a4d18 04000000 00000000, BAD_MAGIC",
        "02214c18 604082 00000000, BAD_MAGIC",
        // Versions 0 and 2, the reserved bit, a dictionary, reserved bits of sizes, size code 3.
        "04224d18 204082 00000000, UNSUPPORTED",
        "04224d18 a04082 00000000, UNSUPPORTED",
        "04224d18 624082 00000000, UNSUPPORTED",
        "04224d18 614082 00000000 00000000, UNSUPPORTED",
        "04224d18 60c082 00000000, UNSUPPORTED",
        "04224d18 604182 00000000, UNSUPPORTED",
        "04224d18 603082 00000000, UNSUPPORTED",
        // No end mark; a block beyond the end; a block whose checksum is missing.
        "04224d18 604082, TRUNCATED",
        "04224d18 604082 000000, TRUNCATED",
        "04224d18 604082 05000080 01020304, TRUNCATED",
        "04224d18 704082 01000080 01, TRUNCATED",
        // A content checksum that is missing.
        "04224d18 644082 14000080 0102030405060708090a0b0c0d0e0f1011121314 00000000, TRUNCATED",
        // More than 64 KiB in a block.
        "04224d18 604082 01000100 00, BLOCK_TOO_LARGE",
        "04224d18 604082 ffffff7f 00, BLOCK_TOO_LARGE",
        "04224d18 604082 ffffffff 00, BLOCK_TOO_LARGE",
        // Literals beyond the block, plain and with an endless run of length bytes.
        "04224d18 604082 02000000 2001 00000000, TRUNCATED",
        "04224d18 604082 03000000 f0ffff 00000000, TRUNCATED",
        "04224d18 604082 01000000 f0 00000000, TRUNCATED",
        // An empty block of tokens; half a distance; a length run behind a distance cut off.
        "04224d18 604082 03000000 100101 00000000, TRUNCATED",
        "04224d18 604082 04000000 1f010100 00000000, TRUNCATED",
        "04224d18 604082 05000000 1f010100ff 00000000, TRUNCATED",
        // A match as the last thing of a block: the format wants literals behind it.
        "04224d18 604082 04000000 10010100 00000000, TRUNCATED",
        // Distance 0, and beyond the output.
        "04224d18 604082 05000000 1001000000 00000000, BAD_DISTANCE",
        "04224d18 604082 05000000 1001020000 00000000, BAD_DISTANCE",
        "04224d18 604082 05000000 1001ffff00 00000000, BAD_DISTANCE",
        // 21 bytes, as literals, as a match, and uncompressed.
        "04224d18 604082 17000000 f006 000102030405060708090a0b0c0d0e0f1011121314 00000000, "
                + "OUTPUT_TOO_LARGE",
        "04224d18 604082 06000000 1f0101000100 00000000, OUTPUT_TOO_LARGE",
        "04224d18 604082 15000080 000102030405060708090a0b0c0d0e0f1011121314 00000000, "
                + "OUTPUT_TOO_LARGE",
        // 19 bytes, and none.
        "04224d18 604082 13000080 000102030405060708090a0b0c0d0e0f101112 00000000, "
                + "OUTPUT_TOO_SMALL",
        "04224d18 604082 00000000, OUTPUT_TOO_SMALL",
        // A byte behind the frame; a content checksum that the header does not announce.
        "04224d18 604082 14000080 000102030405060708090a0b0c0d0e0f10111213 00000000 00, "
                + "TRAILING_BYTES",
        "04224d18 604082 14000080 000102030405060708090a0b0c0d0e0f10111213 00000000 01020304, "
                + "TRAILING_BYTES",
    })
    void namesWhatIsWrong(String hex, Lz4Problem expected) {
        assertEquals(expected, decode(bytes(hex), 20, 0).problem);
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        byte[] data = noise(new Random(5), 3000, 20, 40);
        byte[] frame = encode(data, new Parameters(BlockSize.K64, true, true, false));
        for (int bytes = 0; bytes < frame.length; bytes++) {
            Decoded decoded = decode(Arrays.copyOf(frame, bytes), data.length, 0);
            assertEquals(Lz4Problem.TRUNCATED, decoded.problem, bytes + " bytes");
        }
    }

    @Test
    void survivesDamage() throws IOException {
        Random random = new Random(11);
        int whole = 0;
        for (int round = 0; round < 30_000; round++) {
            int bytes = random.nextInt(400);
            byte[] data = noise(random, bytes, 1 << random.nextInt(9), 1 << random.nextInt(6));
            byte[] frame = encode(data, new Parameters(BlockSize.K64, random.nextBoolean(),
                    random.nextBoolean(), false));
            int damages = 1 + random.nextInt(4);
            for (int i = 0; i < damages; i++) {
                frame[random.nextInt(frame.length)] = (byte) random.nextInt();
            }
            if (random.nextInt(4) == 0) {
                frame = Arrays.copyOf(frame, random.nextInt(frame.length + 20));
            }
            whole += decode(frame, bytes, random.nextInt(8)).problem == Lz4Problem.NONE ? 1 : 0;
        }
        // Damage to literals and checksums decodes: the digest of the container is what refuses it.
        assertTrue(whole > 0 && whole < 30_000, whole + " decoded");
    }
}
