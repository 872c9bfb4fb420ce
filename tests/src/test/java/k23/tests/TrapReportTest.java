package k23.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import k23.tests.support.Command;
import k23.tests.support.WasmClang;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program that goes wrong is reported by kind, function and offset; the system survives it. */
class TrapReportTest {
    private static final Path TRAPS = WasmClang.compile("tests/src/test/c/traps.c");

    @ParameterizedTest
    @CsvSource({
        "unreachable, unreachable, stop_here",
        "memory, out of bounds memory access, read_far",
        "divide, integer divide by zero, divide",
        "recursion, call stack exhausted, recurse",
        "null, uninitialized element, call_null",
    })
    void trapsNameKindFunctionAndOffset(String argument, String kind, String function) {
        Command.Result result =
                Command.k23("run", TRAPS.toString(), "--", argument).run();
        assertEquals(134, result.status(), result.toString());
        assertEquals("about to trap\n", result.text(), result.toString());
        assertTrue(result.errors().lines().anyMatch(line -> line.contains("trap: " + kind)
                && line.contains(function) && line.matches(".*\\+0x[0-9a-f]+.*")),
                result.toString());
    }

    @Test
    void aLoopingProgramEndsWithTheTimeLimit() {
        Command.Result result = Command.k23(
                "run", "--timeout", "5", TRAPS.toString(), "--", "loop").run();
        assertTrue(result.status() > 0, result.toString());
        assertTrue(result.errors().contains("K23-"), result.toString());
    }

    @Test
    void anArgumentThatNamesNoTrapIsTheProgramsOwnAffair() {
        Command.Result result = Command.k23("run", TRAPS.toString(), "--", "none").run();
        assertEquals(3, result.status(), result.toString());
        assertEquals("about to trap\nno such trap: none\n", result.text());
    }
}
