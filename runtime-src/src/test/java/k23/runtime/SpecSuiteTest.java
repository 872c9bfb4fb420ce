package k23.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import k23.runtime.module.ErrorKind;
import k23.runtime.module.Failure;
import k23.runtime.module.Features;
import org.junit.jupiter.api.Test;

/** Every binary module of the official suite is taken or refused as the suite says. */
class SpecSuiteTest {
    private final TreeMap<String, Integer> counts = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    @Test
    void core2() {
        run("core-2.0", Features.CORE_2, file -> !file.contains("/simd/"));
        assertEquals(List.of(), wrong);
        // As the archive's manifest counts them.
        assertEquals(1477, counts.get("assert_invalid"));
        assertEquals(719, counts.get("assert_malformed"));
        assertEquals(581, counts.get("text only, skipped"));
        assertTrue(counts.get("valid modules") >= 1126);
    }

    private void run(String group, Features features, Predicate<String> files) {
        try (SpecSuite suite = SpecSuite.open()) {
            for (String file : suite.files(group)) {
                if (files.test(file)) {
                    for (SpecSuite.Command command : suite.modules(file)) {
                        check(command, features);
                    }
                }
            }
        }
        System.out.println(group + ": " + counts);
    }

    private void check(SpecSuite.Command command, Features features) {
        if (command.isText()) {
            count("text only, skipped");
            return;
        }
        Failure failure = FrontEnd.check(command.bytes(), features);
        ErrorKind expected = switch (command.type()) {
            case "assert_malformed" -> ErrorKind.MALFORMED;
            case "assert_invalid" -> ErrorKind.INVALID;
            default -> ErrorKind.NONE;
        };
        count(expected == ErrorKind.NONE ? "valid modules" : command.type());
        if (failure.kind() != expected
                || expected != ErrorKind.NONE && !failure.message().startsWith(command.text())) {
            wrong.add(command + ": " + failure.kind() + " " + failure.message() + " at "
                    + failure.offset());
        }
    }

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }
}
