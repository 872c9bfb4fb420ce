package k23.image.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import k23.image.ImageException;
import k23.image.container.Compression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Manifests of the test resources: {@code right} ones, and a {@code wrong} one for each diagnostic
 * whose message is in the {@code .txt} file beside it ({@code -Dk23.approve=true} writes those).
 */
final class ManifestReaderTest {
    private static final Path FOLDER = Path.of("src/test/resources/k23/image/manifest");

    @TempDir Path folder;

    static List<Path> wrong() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("wrong"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    private static Manifest parse(Path file) throws IOException {
        var name = file.getFileName().toString();
        return ManifestReader.parse(name, FOLDER, Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhatIsWrong(Path file) throws IOException {
        var thrown = assertThrows(ImageException.class, () -> parse(file));
        var golden = Path.of(file.toString().replace(".yaml", ".txt"));
        if (Boolean.getBoolean("k23.approve")) {
            Files.writeString(golden, thrown.getMessage() + "\n");
        }
        assertEquals(Files.readString(golden), thrown.getMessage() + "\n");
        var code = file.getFileName().toString().substring(0, "K23-4000".length());
        assertTrue(thrown.getMessage().contains(code + ": "), thrown::getMessage);
    }

    @Test
    void everyDiagnosticHasItsFile() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (Path file : wrong()) {
            codes.add(file.getFileName().toString().substring(0, "K23-4000".length()));
        }
        for (int code = 4002; code <= 4017; code++) {
            assertTrue(code == 4016 || codes.contains("K23-" + code), "K23-" + code);
        }
    }

    @Test
    void readsEverything() throws IOException {
        var manifest = parse(FOLDER.resolve("right/full.yaml"));
        assertEquals(new Manifest.Payload.Kernel(), manifest.payload());
        var program = manifest.programs().getFirst();
        assertEquals("first", program.name());
        assertEquals(List.of("-1", "two words", "true", "3.50"), program.arguments());
        assertEquals(List.of("HOME=/", "LEVEL=9"), program.environment());
        assertEquals(List.of("/", "/data"), program.preopens());
        assertEquals("other", manifest.programs().getLast().name());
        assertEquals(List.of("/b", "/data/hello"), List.copyOf(manifest.files().keySet()));
        assertEquals(1024, manifest.memoryMib());
        assertEquals(4, manifest.harts());
        assertEquals(Compression.NONE, manifest.compression());
        assertEquals(12, manifest.rollbackIndex());
        assertEquals("quiet log=debug", manifest.bootArguments());
        assertEquals(Manifest.LogLevel.WARN, manifest.log());
    }

    @Test
    void hasDefaults() throws IOException {
        var manifest = parse(FOLDER.resolve("right/least.yaml"));
        assertEquals("hello", manifest.programs().getFirst().name());
        assertEquals(Manifest.DEFAULT_MEMORY_MIB, manifest.memoryMib());
        assertEquals(1, manifest.harts());
        assertEquals(Compression.LZ4, manifest.compression());
        var own = parse(FOLDER.resolve("right/own-payload.yaml"));
        assertTrue(own.payload() instanceof Manifest.Payload.Elf && own.programs().isEmpty());
    }

    @Test
    void namesAFileThatCannotBeRead() throws IOException {
        var file = folder.resolve("k23.yaml");
        assertCode4001(file);
        Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
        assertCode4001(file);
        Files.write(file, new byte[(1 << 20) + 1]);
        assertCode4001(file);
    }

    @Test
    void takesClassesWithTheirEntry() throws IOException {
        var text = "version: 1\npayload: .\nentry: a.b.Main\n";
        var manifest = ManifestReader.parse("k23.yaml", folder, text);
        assertEquals(new Manifest.Payload.Classes(folder, "a.b.Main"), manifest.payload());
    }

    @Test
    void takesFoldersWithAllTheirFiles() throws IOException {
        Files.createDirectories(folder.resolve("data/deep"));
        Files.writeString(folder.resolve("data/a"), "a");
        Files.writeString(folder.resolve("data/deep/b"), "b");
        Files.writeString(folder.resolve("payload.elf"), "");
        var text = """
                version: 1
                payload: payload.elf
                files: {/: data, /deep/b: payload.elf}
                """;
        var files = ManifestReader.parse("k23.yaml", folder, text).files();
        assertEquals(List.of("/a", "/deep/b"), List.copyOf(files.keySet()));
        assertEquals(folder.resolve("payload.elf"), files.get("/deep/b"));
    }

    @Test
    void namesAFolderThatCannotBeRead() {
        var thrown = assertThrows(
                ImageException.class, () -> HostFolder.files("/", folder.resolve("missing")));
        assertEquals("K23-4016", thrown.problems().getFirst().code());
    }

    private static void assertCode4001(Path file) {
        var thrown = assertThrows(ImageException.class, () -> ManifestReader.read(file));
        assertEquals("K23-4001", thrown.problems().getFirst().code());
    }

    @Test
    void anEmptyFileIsAnEmptyManifest() {
        var thrown = assertThrows(
                ImageException.class, () -> ManifestReader.parse("k23.yaml", FOLDER, ""));
        assertTrue(thrown.getMessage().contains("needs the key \"version\""), thrown::getMessage);
    }
}
