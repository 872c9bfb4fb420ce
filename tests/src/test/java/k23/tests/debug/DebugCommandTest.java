package k23.tests.debug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import k23.tests.support.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code k23 debug} with the commands for gdb on its standard input. */
class DebugCommandTest {
    private static final String HELLO = "examples/payloads/Hello.java";

    @TempDir
    private Path folder;

    private static Command.Result debug(List<String> arguments, String... commands) {
        return Command.k23("debug").with(arguments.toArray(String[]::new))
                .input((String.join("\n", commands) + "\n").getBytes(StandardCharsets.UTF_8))
                .run();
    }

    private static void inOrder(Command.Result result, String... parts) {
        int at = 0;
        for (String part : parts) {
            int found = result.text().indexOf(part, at);
            assertTrue(found >= 0, part + " is missing in or out of order in: " + result);
            at = found + part.length();
        }
    }

    @Test
    void stopsAtMainOnEveryMachine() {
        // More harts, another place in memory: the address must still be right.
        for (String harts : List.of("1", "4")) {
            var result = debug(List.of("--harts", harts, HELLO),
                    "print hart", "backtrace", "next", "continue");
            assertEquals(0, result.status(), result::toString);
            inOrder(result, "Hello.main (hart=", "Hello.java:9", "Log.info(",
                    "$1 = ", "#0", "Hello.main", "#1", "10\t");
            assertTrue(result.errors().contains("hello from Java on hart "), result::toString);
        }
    }

    @Test
    void theKernelIsBelowAProgram() {
        var result = debug(List.of("target/hello.wasm"),
                "break Programs.limitLog", "continue", "backtrace",
                "delete", "continue");
        inOrder(result, "Breakpoint 2", "Programs.java:", "K23.main", "K23.java:");
        assertTrue(result.text().contains("hello from user mode"), result::toString);
    }

    @Test
    void aFinishedImageGoesWithItsSymbols() throws IOException {
        Path elf = folder.resolve("hello.elf");
        Path image = folder.resolve("hello.img");
        assertEquals(0, Command.k23("compile", "--debug", "-o", elf.toString(), HELLO)
                .run().status());
        assertEquals(0, Command.k23("image", "-o", image.toString(), elf.toString())
                .run().status());
        var result = debug(List.of("--symbols", elf.toString(), image.toString()), "backtrace");
        inOrder(result, "Temporary breakpoint 1, ", "Hello.main", "Hello.java:9");
        byte[] other = Files.readAllBytes(elf);
        other[other.length / 2] ^= 1;
        Files.write(elf, other);
        refused("K23-5019", debug(List.of("--symbols", elf.toString(), image.toString())));
        Files.writeString(elf, "no ELF file");
        refused("K23-5019", debug(List.of("--symbols", elf.toString(), image.toString())));
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused("K23-5017", debug(List.of("--no-gdb", "--port",
                    String.valueOf(taken.getLocalPort()), HELLO)));
        }
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("sh", "dirname", "readlink", "setsid", "sed", "cat", "tr",
                "qemu-system-riscv64")) {
            Files.createSymbolicLink(tools.resolve(tool), found(tool));
        }
        refused("K23-5016", Command.of("env", "PATH=" + tools, "JAVA_HOME="
                + System.getProperty("java.home"), "./k23", "debug", HELLO).run());
    }

    private static Path found(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":")).map(Path::of)
                .map(place -> place.resolve(tool)).filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new AssertionError(tool));
    }

    private static void refused(String code, Command.Result result) {
        assertTrue(result.errors().startsWith(code + ": "), result::toString);
        assertTrue(result.status() >= 64, result::toString);
    }

    @Test
    void anotherDebuggerMayCome() throws Exception {
        // gdb, started as the command says, by a shell that waits for it to say so.
        var result = Command.of("bash", "-c", """
                exec 3< <(exec ./k23 debug --no-gdb --port 0 %s 2>&1 >/dev/null < /dev/null)
                k23=$!
                while read -r line <&3; do
                  case $line in "k23: the machine waits for: "*)
                    ${line#*for: } -batch -ex backtrace -ex kill; break;;
                  esac
                done
                wait $k23
                """.formatted(HELLO)).run();
        inOrder(result, "Hello.main (hart=0", "#0  Hello.main");
    }
}
