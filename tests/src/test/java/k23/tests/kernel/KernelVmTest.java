package k23.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import k23.kernel.Panic;
import k23.tests.support.Command;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The kernel behind the real loader in QEMU: panics, programs in user mode, the console. It runs on
 * Sv48 here; whole images, in the tests of programs, run on Sv39.
 */
class KernelVmTest {
    private static final int PANIC_STATUS = 70;

    @TempDir
    private static Path folder;

    private static KernelVm vm;

    @BeforeAll
    static void build() throws IOException, URISyntaxException {
        vm = KernelVm.build(folder, false);
    }

    private static Command boot(String what) {
        return vm.boot(what);
    }

    @Test
    void theExitCodeIsTheMachines() {
        Command.Result result = boot("exit").run();
        assertEquals(42, result.status(), result.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "null, null reference, KernelPayload.dereference",
        "bounds, index out of bounds, KernelPayload.element",
        "throw, java.lang.IllegalStateException: as it was told, KernelPayload.fail",
        "wild, 'load page fault, address 0x1234560', Address.getInt",
        "overflow, stack overflow, KernelPayload.recurse",
    })
    void aPanicNamesWhatAndEveryFrame(String what, String reason, String method) {
        Command.Result result = boot(what).run();
        assertEquals(PANIC_STATUS, result.status(), result.toString());
        List<String> lines = result.errors().lines().map(String::strip).toList();
        int at = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("[k23 panic] " + reason)) {
                at = i;
            }
        }
        assertTrue(at >= 0, result.toString());
        List<String> frames = lines.subList(at + 1, lines.size());
        assertTrue(frames.stream().limit(2).anyMatch(
                f -> f.matches("at " + method + "\\([A-Za-z]+\\.java:[0-9]+\\)")),
                result.toString());
        assertTrue(frames.stream().anyMatch(
                f -> f.matches("at KernelPayload\\.main\\(KernelPayload\\.java:[0-9]+\\)")),
                result.toString());
    }

    /** On four harts and much memory: the boot hart is any of them. */
    @Test
    void largeMachines() {
        Command.Result result = boot("user").with("-smp", "4", "-m", "4G").run();
        assertEquals(0, result.status(), result.toString());
    }

    @Test
    void programsFaultAndTheKernelSurvives() {
        Command.Result result = boot("user").run();
        assertEquals(0, result.status(), result.toString());
        assertTrue(result.errors().contains("user: all as expected, 0 frames lost"),
                result.toString());
        assertTrue(result.errors().contains("256 pages with 16 faults"), result.toString());
    }

    @Test
    void randomInstructionsHarmNobody() {
        Command.Result result = boot("random").run();
        assertEquals(0, result.status(), result.toString());
        assertTrue(result.errors().contains("random code: "), result.toString());
    }

    @Test
    void aPanicBeforeAnythingWorksIsSaidAsWell() {
        Command.Result result = boot("stranger").run();
        assertTrue(result.errors().contains(
                "IllegalStateException: not the boot structure that this kernel knows"),
                result.toString());
        assertTrue(result.errors().contains("at Kernel.check(Kernel.java:"), result.toString());
        assertEquals(Panic.EXIT_CODE, result.status(), result.toString());
    }

    @Test
    void clocksAndRandomNumbers() {
        Command.Result result = boot("clock").run();
        assertEquals(0, result.status(), result.toString());
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "4096", "1000003"})
    void standardStreamsAreByteExact(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        Command.Result result = boot("echo").input(bytes).run();
        assertEquals(0, result.status(), result.errors());
        assertArrayEquals(bytes, result.output());
    }
}
