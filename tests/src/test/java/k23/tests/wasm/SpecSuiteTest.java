package k23.tests.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import k23.cli.build.JavaPayload;
import k23.cli.build.SystemFiles;
import k23.codegen.wasm.SpecScript;
import k23.codegen.wasm.SpecSuite;
import k23.codegen.wasm.WasmOptions;
import k23.image.ImageBuilder;
import k23.image.container.Bundle;
import k23.image.container.Bundle.Entry;
import k23.image.container.Bundle.Kind;
import k23.image.container.Compression;
import k23.image.loader.KeyTable;
import k23.image.sign.SigningKey;
import k23.tests.bare.BarePayload;
import k23.tests.support.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official suite inside the booted system: every module compiled ahead of time, in user mode,
 * in an address space of its own, behind the real loader and kernel.
 */
class SpecSuiteTest {
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);
    private static final List<Path> SYSTEM = List.of(
            Repository.ROOT.resolve("runtime-src/target/classes"),
            Repository.ROOT.resolve("kernel-src/target/classes"),
            Repository.ROOT.resolve("toolchain/sdk/target/classes"));
    private static final int SHOWN = 20;
    private static final int LEAST_CHECKED = 21_600;
    /** Files whose modules, all linked with one another, are too many for one address space. */
    private static final List<String> LEFT_OUT = List.of("data", "table_copy", "table_init");

    private record Part(String file, SpecScript.Prepared prepared) {}

    @Test
    void core2InUserMode(@TempDir Path folder) throws IOException {
        List<Part> parts = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        SpecSuite suite = SpecSuite.open();
        for (String file : suite.files("core-2.0")) {
            for (SpecScript.Prepared part : SpecScript.prepareParts(suite, file,
                    WasmOptions.standard())) {
                if (part.fits()) {
                    parts.add(new Part(file, part));
                } else {
                    leftOut.add(file.substring(file.lastIndexOf('/') + 1));
                }
            }
        }
        Path image = folder.resolve("suite.img");
        Files.write(image, image(parts, payload(folder)));
        List<String> console = BarePayload.boot(image, "-m", "512").lines()
                .dropWhile(line -> !line.equals("# program")).toList();
        int checked = judge(parts, console);
        assertTrue(checked >= LEAST_CHECKED, checked + " assertions checked");
        assertEquals(LEFT_OUT, leftOut);
    }

    private static int judge(List<Part> parts, List<String> console) {
        List<String> failures = new ArrayList<>();
        int checked = 0;
        int at = 0;
        for (Part part : parts) {
            assertTrue(at < console.size() && console.get(at).equals("# program"),
                    "the system stopped before " + part.file);
            int end = at + 1;
            while (end < console.size() && !console.get(end).startsWith("#")) {
                end++;
            }
            SpecScript.Outcome outcome = part.prepared.judge(console.subList(at + 1, end));
            checked += outcome.checked();
            outcome.failures().forEach(f -> failures.add(part.file + ": " + f));
            at = end;
        }
        assertEquals(List.of(), failures.stream().limit(SHOWN).toList());
        assertEquals(List.of("# end"), console.subList(at, Math.min(at + 1, console.size())));
        return checked;
    }

    private static byte[] payload(Path folder) {
        String classPath = SYSTEM.stream().map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-d",
                folder.toString(), "-cp", classPath,
                Repository.ROOT.resolve("tests/src/test/payloads/SpecPayload.java").toString());
        assertEquals(0, status, "javac");
        List<Path> classes = new ArrayList<>(SYSTEM);
        classes.add(folder);
        return JavaPayload.ofClasses(classes, "SpecPayload");
    }

    private static byte[] image(List<Part> parts, byte[] payload) {
        List<Entry> entries = new ArrayList<>();
        for (Part part : parts) {
            entries.add(new Entry(Kind.PROGRAM, part.file, part.prepared.elf()));
            String script = String.join("\n", part.prepared.lines()) + "\n";
            entries.add(new Entry(Kind.ARGUMENT, "", script.getBytes(StandardCharsets.UTF_8)));
        }
        return new ImageBuilder(SystemFiles.LOADER.bytes(), payload, new Bundle(entries),
                Compression.LZ4, new KeyTable(List.of(KEY.verifyingKey()), 0),
                KEY.verifyingKey(), 0, "").bare().sign(KEY).bytes();
    }
}
