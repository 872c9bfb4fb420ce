package k23.tests.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import k23.tests.support.Command;
import k23.tests.support.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command where its standard streams, or the locale, are not as in a terminal. */
class CommandStreamsTest {
    private static final String K23 = Repository.ROOT.resolve("k23").toString();
    private static final String HELLO = Repository.ROOT.resolve("target/hello.wasm").toString();
    private static final int CANNOT_CREATE = 73;

    /** The JVM opens files of its own under a number that is free: QEMU must not read those. */
    @Test
    void closedInputIsEmptyInput() {
        var result = shell("\"$0\" run \"$1\" <&-", HELLO);
        assertEquals(0, result.status(), result::toString);
        assertTrue(result.text().contains("input: 0 lines, 0 bytes"), result::toString);
    }

    @Test
    void closedOutputAndErrorsAreNobodysConcern() {
        var result = shell("\"$0\" run \"$1\" >&- 2>&- </dev/null", HELLO);
        assertEquals(0, result.status(), result::toString);
        assertEquals("", result.text() + result.errors());
    }

    @Test
    void aFullDiskIsNotSuccess() {
        var program = shell("\"$0\" run \"$1\" >/dev/full </dev/null", HELLO);
        assertEquals(CANNOT_CREATE, program.status(), program::toString);
        assertTrue(program.errors().contains("K23-5006: standard output"), program::toString);
        var help = shell("\"$0\" --help >/dev/full", HELLO);
        assertEquals(CANNOT_CREATE, help.status(), help::toString);
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoFailure() {
        var result = shell("{ \"$0\" run \"$1\" </dev/null; echo \"status $?\" >&2; } | head -1",
                HELLO);
        assertEquals("hello from user mode\n", result.text());
        assertTrue(result.errors().contains("status 0"), result::toString);
        assertTrue(!result.errors().contains("K23-"), result::toString);
    }

    /** As in a container, where no locale is set. */
    @Test
    void namesNeedNoLocale(@TempDir Path folder) throws Exception {
        Path copy = Files.copy(Path.of(HELLO), folder.resolve("two words.wasm"));
        var result = shell("""
                unset LANG LC_CTYPE
                name=${1%.wasm}-\u00e4.wasm
                mv "$1" "$name"
                LC_ALL=C exec "$0" run "$name" -- \u00f6 < /dev/null
                """, copy.toString());
        assertEquals(0, result.status(), result::toString);
        var arguments = "argument 0: two words-\u00e4.wasm\nargument 1: \u00f6\n";
        assertTrue(result.text().contains(arguments), result::toString);
    }

    private static Command.Result shell(String script, String argument) {
        return Command.of("sh", "-c", script, K23, argument).run();
    }
}
