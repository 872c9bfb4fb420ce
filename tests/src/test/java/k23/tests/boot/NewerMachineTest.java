package k23.tests.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import k23.tests.support.Command;
import k23.tests.support.NewerMachine;
import k23.tests.support.Repository;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The usual image on QEMU 10, on processors that older ones do not have. */
class NewerMachineTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rv64", "max", "rva23s64"})
    void entersThePayload(String cpu) throws IOException {
        Path image = Files.write(folder.resolve("k23.img"), BootImages.usual().bytes());
        Command.Result result = Command.of(NewerMachine.qemu(), "-machine", "virt", "-cpu", cpu,
                "-smp", "4", "-m", "128M", "-display", "none", "-monitor", "none",
                "-serial", "stdio", "-no-reboot", "-nodefaults", "-kernel", image.toString())
                .run();
        assertTrue(result.text().contains(BootImages.MARK + "128 MiB"), result.toString());
        assertEquals(0, result.status(), result.toString());
    }

    /** A WASM program in user mode, also where accessed and dirty bits are not set by the hart. */
    @ParameterizedTest
    @ValueSource(strings = {"max", "rva23s64", "sifive-u54"})
    void runsAProgram(String cpu) throws IOException {
        Path qemu = folder.resolve("qemu");
        Files.writeString(qemu, "#!/bin/sh\nexec '" + NewerMachine.qemu() + "' \"$@\" -cpu "
                + cpu + "\n");
        assertTrue(qemu.toFile().setExecutable(true), "executable");
        Command.Result result = Command.of("env", "K23_QEMU=" + qemu,
                Repository.ROOT.resolve("k23").toString(), "run").run();
        assertTrue(result.text().contains("input: 0 lines, 0 bytes"), result.toString());
        assertEquals(0, result.status(), result.toString());
    }
}
