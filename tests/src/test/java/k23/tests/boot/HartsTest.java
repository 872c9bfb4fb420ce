package k23.tests.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import k23.tests.support.Command;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A payload that asks for all harts is entered on each, with a stack and a block of its own. */
class HartsTest {
    private static final Pattern HART = Pattern.compile("hart (\\d+) on (0x[0-9a-f]+)");

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 8})
    void everyHartEnters(int harts) {
        Command.Result result = Command.k23("run", "--harts", Integer.toString(harts),
                "tests/src/test/payloads/EveryHart.java").run();
        assertEquals(0, result.status(), result.toString());
        assertTrue(result.errors().contains("harts: " + harts), result.toString());
        var lines = HART.matcher(result.errors()).results().toList();
        Set<String> ids = lines.stream().map(l -> l.group(1)).collect(Collectors.toSet());
        Set<String> stacks = lines.stream().map(l -> l.group(2)).collect(Collectors.toSet());
        assertEquals(harts, ids.size(), result.toString());
        assertEquals(harts, stacks.size(), result.toString());
    }
}
