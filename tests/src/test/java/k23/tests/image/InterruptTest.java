package k23.tests.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import k23.tests.support.Command;
import k23.tests.support.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C ends the command and its machine, and leaves nothing behind. */
class InterruptTest {
    private static final int INTERRUPTED = 130;
    private static final long LIMIT_SECONDS = 30;

    @Test
    void leavesNoMachineAndNoFile(@TempDir Path folder)
            throws Exception {
        Path forever = Files.writeString(folder.resolve("Forever.java"), """
                final class Forever {
                    @k23.sdk.Entry
                    static void main(int hart, k23.sdk.boot.BootInfo boot) {
                        k23.sdk.Log.info("for ever");
                        while (true) {}
                    }
                }
                """);
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        // A test run in the background inherits that the signal is ignored: env undoes it.
        var builder = new ProcessBuilder("env", "--default-signal=INT",
                Repository.ROOT.resolve("k23").toString(), "run", forever.toString())
                .redirectInput(Path.of("/dev/null").toFile()).redirectOutput(
                        ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("K23_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        List<ProcessHandle> machine;
        Process k23 = builder.start();
        try {
            var log = k23.errorReader();
            for (String line = log.readLine(); !line.contains("for ever"); line = log.readLine()) {}
            machine = k23.descendants().toList();
            interrupt(k23);
            assertTrue(k23.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "still running");
        } finally {
            k23.descendants().forEach(ProcessHandle::destroyForcibly);
            k23.destroyForcibly();
        }
        assertEquals(INTERRUPTED, k23.exitValue());
        assertEquals(1, machine.size(), machine::toString);
        machine.getFirst().onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        try (Stream<Path> files = Files.list(temporary)) {
            assertEquals(List.of(), files.toList());
        }
    }

    /** Ctrl-C reaches a terminal's whole process group. */
    private static void interrupt(Process process) {
        var command = new ArrayList<>(List.of("kill", "-INT", Long.toString(process.pid())));
        process.descendants().forEach(child -> command.add(Long.toString(child.pid())));
        Command.of(command.toArray(String[]::new)).run();
    }
}
