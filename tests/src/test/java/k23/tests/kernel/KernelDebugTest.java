package k23.tests.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import k23.tests.support.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gdb at the running kernel: stops in the trap handler, and sees the Java code that trapped. */
class KernelDebugTest {
    private static final Pattern ENTRY = Pattern.compile("entering payload at (0x[0-9a-f]+)");

    @TempDir
    private Path folder;

    @Test
    void aBacktraceGoesThroughTheTrap() throws Exception {
        KernelVm vm = KernelVm.build(folder, true);
        var machine = new ArrayList<>(vm.machine("null"));
        // The same seed gives the same place for the payload, which is linked at 0.
        machine.addAll(List.of("-seed", "1"));
        Matcher entry = ENTRY.matcher(
                Command.of(machine.toArray(String[]::new)).run().errors());
        assertTrue(entry.find());
        machine.addAll(List.of("-S", "-gdb", "stdio"));
        Command.Result result = Command.of("gdb-multiarch", "-nx", "-batch",
                "-ex", "set pagination off", "-ex", "set architecture riscv:rv64",
                "-ex", "add-symbol-file " + vm.payload() + " -o " + entry.group(1),
                "-ex", "target remote | exec " + String.join(" ", machine) + " 2>/dev/null",
                "-ex", "break *k23_kernel_trap", "-ex", "continue", "-ex", "backtrace",
                "-ex", "kill").run();
        List<String> frames = result.text().lines().filter(l -> l.startsWith("#")).toList();
        assertTrue(frames.size() >= 4, result.toString());
        assertTrue(frames.get(0).contains("Traps.handle"), result.toString());
        assertTrue(frames.get(1).contains("<signal handler called>"), result.toString());
        assertTrue(frames.get(2).matches(
                ".*KernelPayload\\.dereference .*KernelPayload\\.java:[0-9]+"), result.toString());
        assertTrue(frames.get(3).matches(
                ".*KernelPayload\\.main .*KernelPayload\\.java:[0-9]+"), result.toString());
    }
}
