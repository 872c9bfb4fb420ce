package k23.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user gets wrong is a line with a code and a status from 64 on, never a stack trace. */
final class UsersErrorsTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "frobnicate               | K23-5001 | 64",
        "run --frobnicate         | K23-5001 | 64",
        "run --memory 12 a.wasm   | K23-5001 | 64",
        "run --memory 8M a.wasm   | K23-5001 | 64",
        "run --harts 0 a.wasm     | K23-5001 | 64",
        "run --timeout -1 a.wasm  | K23-5001 | 64",
        "run --timeout NaN a.wasm | K23-5001 | 64",
        "run --manifest m a.wasm  | K23-5001 | 64",
        "run --file x=a.wasm a.wasm | K23-5001 | 64",
        "run a.java -- argument   | K23-5001 | 64",
        "run a.txt                | K23-5009 | 64",
        "run missing.wasm         | K23-5005 | 66",
        "run --manifest missing   | K23-4001 | 65",
        "run a.wasm               | K23-3001 | 65",
        "run library.wasm         | K23-3103 | 65",
        "run a.java               | K23-5011 | 65",
        "run none.java            | K23-5012 | 65",
        "run wrong.java           | K23-1901 | 65",
        "run a.img                | K23-4101 | 65",
        "run missing.img          | K23-4110 | 65",
        "run --key a.wasm a.img   | K23-5001 | 64",
        "image --key missing a.wasm | K23-4301 | 65",
        "image --compression zip a.wasm | K23-5001 | 64",
        "compile a.wasm           | K23-5001 | 64",
        "compile -o x             | K23-5001 | 64",
        "compile -o x a.txt       | K23-5009 | 64",
        "run /                    | K23-5005 | 66",
        "run a.elf                | K23-5020 | 65",
        "run folder.java          | K23-5005 | 66",
        "run bytes.java           | K23-5011 | 65",
        "image --builder x -o o a.wasm | K23-5001 | 64",
        "image --source x=y -o o a.wasm | K23-5001 | 64",
        "compile -o o folder.java | K23-5005 | 66",
        "compile -o o --classpath missing --entry A | K23-5005 | 66",
        "compile -o o --classpath a.txt --entry A | K23-5005 | 66",
        "keygen /                 | K23-5001 | 64",
        "compile --debug -o x a.wasm | K23-5001 | 64",
        "compile --isa rv32i -o x none.java | K23-5001 | 64",
        "run --isa rv64gc_v none.java | K23-5001 | 64",
        "run --isa rv64gc a.elf   | K23-5001 | 64",
        "debug a.txt              | K23-5009 | 64",
        "debug missing.java       | K23-5005 | 66",
        "debug --port 65536 a.java | K23-5001 | 64",
        "debug a.img              | K23-5001 | 64",
        "debug --symbols a.txt a.java | K23-5001 | 64",
        "debug --symbols a.txt a.img | K23-4101 | 65",
        "sign a.img               | K23-5001 | 64",
        "sign --key k a.img       | K23-4101 | 65",
        "verify a.img             | K23-4101 | 65",
        "inspect missing          | K23-4110 | 65",
        "keygen                   | K23-5001 | 64",
        "keygen no/where/key      | K23-5006 | 73",
    })
    void isOneLine(String command, String code, int status) throws IOException {
        Files.writeString(folder.resolve("a.wasm"), "no module");
        Files.write(folder.resolve("library.wasm"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        Files.writeString(folder.resolve("a.txt"), "");
        Files.writeString(folder.resolve("a.elf"), "");
        Files.createDirectories(folder.resolve("folder.java"));
        Files.write(folder.resolve("bytes.java"), new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0});
        Files.writeString(folder.resolve("a.img"), "no image");
        Files.writeString(folder.resolve("a.java"), "class {");
        Files.writeString(folder.resolve("none.java"), "class none {}");
        Files.writeString(folder.resolve("wrong.java"), """
                class wrong { @k23.sdk.Entry static void main(String[] arguments) {} }
                """);
        var outcome = Cli.k23((Object[]) inFolder(command));
        assertEquals(status, outcome.status(), outcome::errors);
        assertTrue(outcome.errors().startsWith(code + ": "), outcome::errors);
        assertFalse(outcome.errors().contains("\tat "), outcome::errors);
        assertEquals("", outcome.output());
    }

    private String[] inFolder(String command) {
        var words = command.strip().split(" ");
        for (int i = 1; i < words.length; i++) {
            if (words[i].matches("[a-z/]+(\\.[a-z]+)?") && !words[i].matches("argument|zip|/")
                    && !words[i - 1].equals("--")) {
                words[i] = folder.resolve(words[i]).toString();
            }
        }
        return words;
    }

    @Test
    void aManifestsProblemsComeAllAtOnce() throws IOException {
        var file = folder.resolve("k23.yaml");
        Files.writeString(file, "version: 1\nharts: 0\nprograms: [{wsam: x}]\n");
        var outcome = Cli.k23("image", "--manifest", file);
        assertEquals(ExitStatus.DATA, outcome.status());
        assertTrue(outcome.errors().contains(file + ":2:8: harts is 1 to 64"), outcome::errors);
        assertTrue(outcome.errors().contains(":3:13: unknown key \"wsam\""), outcome::errors);
        assertEquals(3, outcome.errors().lines().count(), outcome::errors);
    }

    @Test
    void whatIsNoFileIsNotReplacedByOne() throws IOException {
        var program = folder.resolve("none.java");
        Files.writeString(program, """
                class none {
                    @k23.sdk.Entry static void main(int hart, k23.sdk.boot.BootInfo boot) {}
                }
                """);
        var target = Files.writeString(folder.resolve("target"), "");
        var link = Files.createSymbolicLink(folder.resolve("link"), target);
        assertEquals(0, Cli.k23("compile", "-o", link, program).status());
        assertTrue(Files.isSymbolicLink(link) && Files.size(target) > 0);
        var full = Cli.k23("compile", "-o", "/dev/full", program);
        assertEquals(ExitStatus.CANNOT_CREATE, full.status(), full::toString);
        assertFalse(Files.isRegularFile(Path.of("/dev/full")));
        var there = Cli.k23("compile", "-o", folder, program);
        assertTrue(there.errors().startsWith("K23-5006: "), there::errors);
    }

    @Test
    void refusesToReplaceAKey() {
        assertEquals(0, Cli.k23("keygen", folder.resolve("k")).status());
        var again = Cli.k23("keygen", folder.resolve("k"));
        assertEquals(ExitStatus.CANNOT_CREATE, again.status());
        assertTrue(again.errors().startsWith("K23-5007: "), again::errors);
    }

    @Test
    void helpIsNoError() {
        for (String command : new String[] {"run", "image", "keygen", "sign", "verify", "inspect",
            "compile", "debug", "doctor"}) {
            var outcome = Cli.k23(command, "--help");
            assertEquals(0, outcome.status());
            assertTrue(outcome.output().contains("Usage: k23 " + command), outcome::output);
        }
    }
}
