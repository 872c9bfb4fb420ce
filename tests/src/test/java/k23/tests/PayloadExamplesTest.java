package k23.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import k23.tests.support.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The payloads of examples/, one file of Java each, run as README says. */
class PayloadExamplesTest {
    @ParameterizedTest
    @CsvSource({
        "Hello, 1, hello from Java on hart 0",
        "Life, 1, generation 24",
        "MemoryTest, 1, 'MiB are good, said 1 harts'",
        "MemoryTest, 4, 'MiB are good, said 4 harts'",
    })
    void runs(String name, int harts, String line) {
        Command.Result result = Command.k23("run", "--memory", "64M",
                "--harts", Integer.toString(harts),
                "examples/payloads/" + name + ".java").run();
        assertEquals(0, result.status(), result.toString());
        assertTrue(result.errors().contains(line), result.toString());
    }

    @Test
    void javaAsPeopleWriteItRunsOnFourHarts() {
        Command.Result result = Command.k23("run", "--harts", "4", "--timeout", "60",
                "tests/src/test/payloads/ModernJava.java").run();
        assertEquals(0, result.status(), result.toString());
        for (String line : List.of("harts 4 true", "length 5000", "composed 44",
                "power 136318165", "areas 12 9", "parsed -1234 true")) {
            assertTrue(result.errors().contains(line), result.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, index out of bounds", "2, division by zero", "3, null reference",
        "4, java.lang.IllegalStateException: as it should", "5, stack overflow",
        "6, region is full",
    })
    void aPayloadsTrapIsToldWithItsPlace(int way, String reason) {
        Command.Result result = Command.k23("run", "--timeout", "60", "--harts",
                Integer.toString(way), "tests/src/test/payloads/Broken.java").run();
        assertEquals(70, result.status(), result.toString());
        assertTrue(result.errors().contains("[k23 panic] " + reason), result.toString());
        assertTrue(result.errors().contains("  at Broken.fail(Broken.java:"), result.toString());
        assertTrue(result.errors().contains("  at Broken.main(Broken.java:"), result.toString());
    }

    /** A glider moves one cell down and to the right in four generations: here six, in 24. */
    @Test
    void theGliderGlides() {
        Command.Result result = Command.k23("run", "examples/payloads/Life.java").run();
        List<String> rows = result.errors().lines().map(String::strip)
                .filter(line -> line.matches("[.#]{24}")).toList();
        assertEquals(4 * 12, rows.size(), result.toString());
        List<String> last = rows.subList(36, 48);
        for (int y = 0; y < 12; y++) {
            String before = rows.get(Math.floorMod(y - 6, 12));
            assertEquals(before.substring(18) + before.substring(0, 18), last.get(y),
                    result.toString());
        }
    }
}
