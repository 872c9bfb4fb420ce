package k23.tests.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import k23.cli.build.JavaPayload;
import k23.image.container.Bundle;
import k23.image.container.Compression;
import k23.tests.support.Command;
import k23.tests.support.NewerMachine;
import k23.tests.support.Repository;
import k23.tests.support.WasmClang;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines that start in M-mode: the loader is their firmware, and answers as OpenSBI does. */
class WithoutFirmwareTest {
    private static final String QEMU = "qemu-system-riscv64";
    private static final String NONE = "none";

    @TempDir
    private static Path folder;
    private static Path calls;

    @BeforeAll
    static void make() throws IOException {
        byte[] payload = JavaPayload.ofSource(
                Repository.ROOT.resolve("tests/src/test/payloads/FirmwareCalls.java"));
        calls = Files.write(folder.resolve("calls.img"), BootImages.of(payload,
                new Bundle(List.of()), Compression.LZ4, 5, 5).bare().sign(BootImages.KEY).bytes());
    }

    private static Command.Result boot(String qemu, String firmware, String cpu, String... more) {
        return Command.of(qemu, "-machine", "virt", "-m", "64M", "-cpu", cpu,
                "-display", "none", "-monitor", "none", "-serial", "stdio", "-no-reboot",
                "-nodefaults", "-bios", firmware, "-kernel", calls.toString()).with(more).run();
    }

    /** What the payload says of the firmware. */
    private static Stream<String> answers(Command.Result result) {
        assertEquals(0, result.status(), result.toString());
        assertTrue(result.text().contains("[k23 info] ends"), result.toString());
        return result.text().lines().map(String::strip)
                .filter(l -> l.startsWith("[k23 info] ") && !l.contains("loader: "));
    }

    /** OpenSBI 1.1 has no debug console. */
    @ParameterizedTest
    @ValueSource(strings = {"rv64", "rv64,sstc=off", "rv64,h=off", "sifive-u54"})
    void answersAsOpenSbiDoes(String cpu) {
        List<String> expected = answers(boot(QEMU, "default", cpu, "-smp", "3")).toList();
        List<String> answers = answers(boot(QEMU, NONE, cpu, "-smp", "3"))
                .filter(l -> !l.contains("debug console") && !l.contains("0x4442434e")
                        && !l.contains("start in")).toList();
        assertEquals(expected, answers);
    }

    /** OpenSBI 1.5 writes from memory that starts in front of its own. */
    @Test
    void answersAsNewerOpenSbiDoes() {
        String firmwares = "debug console, the firmware's";
        List<String> expected = answers(boot(NewerMachine.qemu(), "default", "rv64", "-smp", "4"))
                .filter(l -> !l.contains(firmwares)).toList();
        Command.Result result = boot(NewerMachine.qemu(), NONE, "rv64", "-smp", "4");
        assertEquals(expected, answers(result).filter(l -> !l.contains(firmwares)).toList());
        assertEquals(2, answers(result).filter(l -> l.endsWith(firmwares + ": -3 -3")).count(),
                result.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rv64", "max", "rva23s64"})
    void runsOnNewerMachines(String cpu) {
        Command.Result result = boot(NewerMachine.qemu(), NONE, cpu, "-smp", "4");
        assertTrue(answers(result).count() > 0, result.toString());
        assertEquals(cpu.equals("rva23s64"), result.text().contains("k23: nothing protects"),
                result.toString());
    }

    @Test
    void runsWithAnotherInterruptor() {
        Command.Result result = boot(QEMU, NONE, "rv64", "-smp", "4", "-machine",
                "virt,aclint=on");
        assertTrue(answers(result).anyMatch(l -> l.endsWith("hart 3 has stopped")),
                result.toString());
    }

    /** The first and last words, by a load (access fault 5) and a store (7). */
    @ParameterizedTest
    @CsvSource({"read, 5", "read its end, 5", "write, 7", "write its end, 7"})
    void keepsItsMemoryFromThePayload(String what, int cause) {
        Command.Result result = boot(QEMU, NONE, "rv64", "-smp", "2", "-append", what);
        assertTrue(answers(result).anyMatch(l -> l.endsWith(" traps: " + cause)),
                result.toString());
    }

    @Test
    void saysThatAMachineIsTooSmall() {
        Command.Result result = boot(QEMU, NONE, "rv64", "-m", "4M");
        assertEquals(1, result.status(), result.toString());
        assertTrue(result.text().contains("memory: the machine has too little for this image"),
                result.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void runsPrograms(int harts) throws IOException {
        Path image = folder.resolve("status.img");
        Command.Result made = Command.k23("image", "-o", image.toString(),
                WasmClang.compile("tests/src/test/c/status.c").toString()).run();
        assertEquals(0, made.status(), made.toString());
        Command.Result result = Command.k23("run", "--firmware", NONE, "--harts",
                Integer.toString(harts), image.toString()).run();
        assertEquals(42, result.status(), result.toString());
        assertTrue(result.errors().contains(" of " + harts), result.toString());
    }

    @Test
    void passesStandardInputOn() throws IOException {
        byte[] text = Files.readAllBytes(Repository.ROOT.resolve("README.md"));
        Command.Result result = Command.k23("run", "--firmware", NONE, "target/hello.wasm")
                .input(text).run();
        assertEquals(0, result.status(), result.toString());
        assertTrue(new String(result.output(), StandardCharsets.UTF_8)
                .contains(text.length + " bytes"), result.toString());
    }

    @Test
    void everyHartEnters() {
        Command.Result result = Command.k23("run", "--firmware", NONE, "--harts", "8",
                "tests/src/test/payloads/EveryHart.java").run();
        assertEquals(0, result.status(), result.toString());
        assertEquals(8, Pattern.compile("hart \\d+ on 0x").matcher(result.errors()).results()
                .count(), result.toString());
    }

    @Test
    void reportsTraps() {
        Command.Result result = Command.k23("run", "--firmware", NONE,
                "tests/src/test/payloads/Broken.java").run();
        assertEquals(70, result.status(), result.toString());
        assertTrue(result.errors().contains("at Broken.fail(Broken.java:"), result.toString());
    }

    /** In M-mode a hart has 1 KiB, of which 48 bytes are its state and 144 S-mode's registers. */
    @Test
    void needsNoMoreStackThanThereIs() throws IOException {
        String report = Files.readString(
                Repository.ROOT.resolve("toolchain/cli/target/loader.report"));
        assertEquals(1, Pattern.compile("(?m)^stack \\d+ k23_machine_trapped ").matcher(report)
                .results().count(), "the monitor's stack has no limit");
        int needed = 0;
        for (String entry : List.of("trapped", "panic")) {
            Matcher depth = Pattern.compile("(?m)^stack (\\d+) k23_machine_" + entry + " ")
                    .matcher(report);
            assertTrue(depth.find(), entry);
            needed += Integer.parseInt(depth.group(1));
        }
        assertTrue(needed <= 1024 - 48 - 144, "bytes: " + needed);
    }

    @Test
    void namesTheFirmwareThatThereIs() {
        Command.Result result = Command.k23("run", "--firmware", "bbl", "target/k23.img").run();
        assertEquals(64, result.status(), result.toString());
        assertTrue(result.errors().startsWith("K23-5001: "), result.toString());
        assertTrue(result.errors().contains("[OPENSBI, NONE]"), result.toString());
    }
}
