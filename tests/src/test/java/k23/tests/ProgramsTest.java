package k23.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import k23.tests.support.Command;
import k23.tests.support.RealPrograms;
import k23.tests.support.Repository;
import k23.tests.support.WasmClang;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that nobody here wrote give the right output inside the booted system. */
class ProgramsTest {
    private static final int MEGABYTE = 1 << 20;

    @Test
    void minigzipsOutputIsReadmeAgain() throws IOException {
        byte[] readme = Files.readAllBytes(Repository.ROOT.resolve("README.md"));
        Command.Result result =
                Command.k23("run", RealPrograms.minigzip().toString()).input(readme).run();
        assertEquals(0, result.status(), result.toString());
        assertArrayEquals(readme, gunzip(result.output()));
    }

    @Test
    void standardInputAndOutputAreByteExact() throws IOException {
        byte[] random = new byte[MEGABYTE];
        new Random(23).nextBytes(random);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(random);
        }
        Command.Result result = Command.k23("run", RealPrograms.minigzip().toString(), "--", "-d")
                .input(packed.toByteArray()).limit(Duration.ofMinutes(2)).run();
        assertEquals(0, result.status(), result.errors());
        assertArrayEquals(random, result.output());
    }

    @Test
    void anEmptyInputIsAnEmptyFile() throws IOException {
        Command.Result result = Command.k23("run", RealPrograms.minigzip().toString()).run();
        assertEquals(0, result.status(), result.toString());
        assertEquals(0, gunzip(result.output()).length);
    }

    @Test
    void xxhsumPrintsTheHostsDigestOfAFileInTheImage(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("data.bin");
        byte[] data = new byte[300_000];
        new Random(7).nextBytes(data);
        Files.write(file, data);
        Path manifest = folder.resolve("k23.yaml");
        Files.writeString(manifest, """
                version: 1
                programs:
                  - wasm: %s
                    args: [-H1, /data.bin]
                    preopens: [/]
                files:
                  /data.bin: data.bin
                """.formatted(RealPrograms.xxhsum()));
        Command.Result result = Command.k23("run", "--manifest", manifest.toString()).run();
        assertEquals(0, result.status(), result.toString());
        String host = Command.of("xxhsum", "-H1", file.toString()).run().text();
        assertTrue(host.matches("(?s)[0-9a-f]{16} .*"), "the host's xxhsum: " + host);
        assertEquals(host.substring(0, 16) + "  /data.bin\n", result.text(), result.errors());
    }

    @Test
    void helloSeesItsArgumentsAndEndsWithItsStatus() {
        Path hello = WasmClang.compile("examples/hello/hello.c");
        Command.Result result = Command.k23("run", hello.toString(), "--", "one", "two three")
                .input("four\n".getBytes(StandardCharsets.UTF_8)).run();
        assertEquals(0, result.status(), result.toString());
        assertTrue(result.text().contains("one"), result.toString());
        assertTrue(result.text().contains("two three"), result.toString());
    }

    private static byte[] gunzip(byte[] packed) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }
}
