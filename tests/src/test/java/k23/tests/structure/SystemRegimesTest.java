package k23.tests.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import k23.tests.support.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the system itself is let off, by the reports of its last build: whoever adds an exemption or
 * a permission adds it here, where it is seen.
 */
class SystemRegimesTest {
    private static List<String> lines(String program, String prefix) throws IOException {
        try (Stream<String> lines = Files.lines(
                Repository.ROOT.resolve("toolchain/cli/target/" + program + ".report"))) {
            return lines.filter(line -> line.startsWith(prefix))
                    .map(line -> line.split("[,:]")[0]).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"loader", "kernel"})
    void oneExemption(String program) throws IOException {
        assertEquals(List.of("exempt k23.sdk.riscv.Hart.halt from INTERRUPT"),
                lines(program, "exempt "));
        assertEquals(List.of(), lines(program, "unused exemption "));
    }

    @Test
    void rawAccessOfTheKernel() throws IOException {
        assertEquals(List.of("raw access k23.kernel.Entropy", "raw access k23.kernel.Power",
                "raw access k23.kernel.Timer", "raw access k23.kernel.memory",
                "raw access k23.kernel.trap.Traps", "raw access k23.sdk.Console",
                "raw access k23.sdk.trace.PayloadPanic", "raw access k23.sdk.word"),
                lines("kernel", "raw access "));
    }

    @Test
    void rawAccessOfTheLoader() throws IOException {
        assertEquals(List.of("raw access k23.loader.Crew", "raw access k23.loader.Harts",
                "raw access k23.loader.compress", "raw access k23.loader.machine.HartRequests",
                "raw access k23.loader.machine.Monitor", "raw access k23.loader.machine.Services",
                "raw access k23.sdk.Console", "raw access k23.sdk.word"),
                lines("loader", "raw access "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"loader", "kernel"})
    void everyEntryHasAStack(String program) throws IOException {
        assertTrue(lines(program, "stack ").size() >= 2);
    }
}
