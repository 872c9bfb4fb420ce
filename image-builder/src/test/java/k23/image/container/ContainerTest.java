package k23.image.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import k23.image.HostTools;
import k23.image.ImageException;
import k23.image.sign.SigningKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The container's format, and that nothing but what was signed passes. */
final class ContainerTest {
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);

    @TempDir Path folder;

    private static byte[] text(int bytes) {
        byte[] text = new byte[bytes];
        var random = new Random(1);
        for (int i = 0; i < bytes; i++) {
            text[i] = (byte) ("abcd".charAt(random.nextInt(4)));
        }
        return text;
    }

    private static Container signed() {
        return Container.unsigned(
                        3, KEY.verifyingKey().id(),
                        List.of(
                                Section.of(SectionKind.PAYLOAD, Compression.LZ4, text(5000)),
                                Section.of(SectionKind.BUNDLE, Compression.NONE, text(77))))
                .sign(KEY);
    }

    @Test
    void hasTheLayoutOfVersion2() {
        byte[] bytes = signed().bytes();
        assertEquals("K23IMG01", new String(bytes, 0, 8, StandardCharsets.US_ASCII));
        assertEquals(96 + 2 * 128, bytes[12] & 0xFF | (bytes[13] & 0xFF) << 8);
        assertEquals(3, bytes[16]);
        byte[] digest = Section.digest(KEY.verifyingKey().bytes());
        assertArrayEquals(Arrays.copyOf(digest, 8), Arrays.copyOfRange(bytes, 24, 32));
        assertEquals(0, bytes.length % 16);
    }

    @Test
    void readsWhatItWrites() {
        var container = Container.parse("test", Arrays.copyOf(signed().bytes(), 9000));
        container.verify(KEY.verifyingKey());
        assertArrayEquals(text(5000), container.section(SectionKind.PAYLOAD).raw());
        assertArrayEquals(text(77), container.section(SectionKind.BUNDLE).raw());
        assertArrayEquals(signed().bytes(), container.bytes());
    }

    @Test
    void refusesEveryFlippedBit() {
        byte[] bytes = signed().bytes();
        for (int bit = 0; bit < bytes.length * 8; bit += bit < 500 * 8 ? 1 : 37) {
            byte[] bad = bytes.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            int at = bit;
            assertThrows(
                    ImageException.class,
                    () -> Container.parse("test", bad).verify(KEY.verifyingKey()),
                    () -> "bit " + at);
        }
    }

    @Test
    void refusesEveryTruncation() {
        byte[] bytes = signed().bytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] bad = Arrays.copyOf(bytes, length);
            assertThrows(ImageException.class, () -> Container.parse("test", bad));
        }
    }

    @Test
    void refusesAnotherKeyAndNoSignature() {
        var other = SigningKey.generate();
        assertCode("K23-4105", () -> signed().verify(other.verifyingKey()));
        assertCode("K23-4105", () -> signed().sign(other));
        var unsigned = Container.unsigned(0, KEY.verifyingKey().id(), signed().sections());
        assertCode("K23-4106", () -> unsigned.verify(KEY.verifyingKey()));
        assertCode("K23-4108", () -> unsigned.withSignature(new byte[63]));
    }

    @Test
    void refusesASectionThatExpandsToAnotherSize() {
        var section = signed().section(SectionKind.PAYLOAD);
        for (long wrong : new long[] {0, 4999, 5001}) {
            var bad = new Section(
                    section.kind(), section.compression(), section.stored(), wrong,
                    section.digests());
            var container = Container.unsigned(0, KEY.verifyingKey().id(), List.of(bad)).sign(KEY);
            assertCode("K23-4107", () -> container.verify(KEY.verifyingKey()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 18, 30, 65_536, 300_000, 5_000_000})
    void compressesAsLz4Does(int bytes) throws Exception {
        HostTools.need("lz4", "lz4");
        byte[] packed = Compression.LZ4.compress(text(bytes));
        var file = Files.write(folder.resolve("x.lz4"), packed);
        var out = folder.resolve("x");
        var outcome = HostTools.run(List.of("lz4", "-d", "-f", file.toString(), out.toString()));
        assertEquals(0, outcome.status(), outcome::output);
        assertArrayEquals(text(bytes), Files.readAllBytes(out));
        assertArrayEquals(text(bytes), Compression.LZ4.expand(packed, bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 17, 300_000, 5_000_000})
    void compressesWithZstandard(int bytes) throws Exception {
        byte[] packed = Compression.ZSTD.compress(text(bytes));
        assertArrayEquals(text(bytes), Compression.ZSTD.expand(packed, bytes));
        int less = bytes == 0 ? 2 : bytes - 1;
        for (int wrong : new int[] {less, bytes + 1}) {
            assertThrows(IOException.class, () -> Compression.ZSTD.expand(packed, wrong));
        }
        byte[] cut = Arrays.copyOf(packed, packed.length - 1);
        assertThrows(IOException.class, () -> Compression.ZSTD.expand(cut, bytes));
    }

    @Test
    void bundlesSurvive() {
        var bundle = new Bundle(List.of(
                new Bundle.Entry(Bundle.Kind.PROGRAM, "hello", text(13)),
                new Bundle.Entry(Bundle.Kind.ARGUMENT, "", text(5)),
                new Bundle.Entry(Bundle.Kind.ENVIRONMENT, "", "A=\u00FC".getBytes(UTF_8)),
                new Bundle.Entry(Bundle.Kind.PREOPEN, "/", new byte[0]),
                new Bundle.Entry(Bundle.Kind.FILE, "/etc/x", new byte[8])));
        byte[] bytes = bundle.bytes();
        assertEquals(0, bytes.length % 8);
        var read = Bundle.parse(bytes);
        assertEquals(5, read.entries().size());
        assertEquals("A=\u00FC", read.entries().get(2).text());
        assertArrayEquals(bytes, read.bytes());
        for (int length = 1; length < bytes.length; length++) {
            byte[] bad = Arrays.copyOf(bytes, length);
            if (length % 8 != 0) {
                assertCode("K23-4109", () -> Bundle.parse(bad));
            }
        }
    }

    private static void assertCode(String code, org.junit.jupiter.api.function.Executable action) {
        var thrown = assertThrows(ImageException.class, action);
        assertTrue(thrown.getMessage().contains(code), thrown::getMessage);
    }
}
