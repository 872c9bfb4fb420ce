package k23.tests.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import k23.tests.support.Command;
import k23.tests.support.NewerMachine;
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
}
