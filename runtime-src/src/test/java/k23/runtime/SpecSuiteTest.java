package k23.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import k23.runtime.module.ErrorKind;
import k23.runtime.module.Failure;
import k23.runtime.module.Features;
import org.junit.jupiter.api.Test;

/** Every binary module of the official suite is taken or refused as the suite says. */
class SpecSuiteTest {
    /** Files of Core 3.0 whose modules need typed references, tags or recursive types. */
    private static final Set<String> OTHER_TYPES = Set.of("binary", "br_if", "br_on_non_null",
            "br_on_null", "br_table", "bulk-memory/table-sub", "bulk-memory/table_init",
            "call_ref", "elem", "exports", "func", "global", "imports", "instance", "linking",
            "local_init", "local_tee", "memory64/table_init64", "ref", "ref_as_non_null",
            "ref_is_null", "ref_null", "return_call", "return_call_indirect", "return_call_ref",
            "select", "table", "type-canon", "type-equivalence", "type-rec",
            "unreached-invalid", "unreached-valid");

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
        assertEquals(1243, counts.get("valid modules"));
    }

    /** Tail calls, extended constants, several memories, 64-bit addresses; none of the rest. */
    @Test
    void core3() {
        run("core-3.0", Features.CORE_3, SpecSuiteTest::isCovered);
        assertEquals(List.of(), wrong);
        assertEquals(1331, counts.get("assert_invalid"));
        assertEquals(599, counts.get("assert_malformed"));
        assertEquals(1318, counts.get("valid modules"));
    }

    private static boolean isCovered(String file) {
        return !file.contains("simd/") && !file.contains("/gc/") && !file.contains("/exceptions/")
                && !OTHER_TYPES.contains(file.substring("core-3.0/".length()));
    }

    private void run(String group, Features features, Predicate<String> files) {
        try (SpecSuite suite = SpecSuite.open()) {
            for (String file : suite.files(group)) {
                if (files.test(file)) {
                    suite.modules(file).forEach(command -> check(command, features));
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
