package k23.tests.debug;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import k23.tests.bare.BarePayload;
import k23.tests.support.Command;
import k23.tests.support.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gdb stops at lines of a running Java program and shows what its variables hold. */
class VariablesTest {
    private static final Path SOURCE = Repository.ROOT.resolve(
            "tests/src/test/java/k23/tests/debug/DebuggedPayload.java");

    @TempDir
    private Path folder;

    @Test
    void localsRecordsArraysAndObjectsAreShown() throws IOException {
        String seen = debug(
                "break " + line("// in the loop"), "continue", "continue",
                "echo loop:\\n", "print i", "print at", "print at.x", "print data->length",
                "print data->data[2]", "print limit", "info locals",
                "delete", "break " + line("// behind the loop"), "continue",
                "echo after:\\n", "print total", "print isMore",
                "delete", "break " + line("// at a node"), "continue",
                "echo node:\\n", "print values", "print node->value", "print node->next->value",
                "backtrace", "next", "next", "print node->value");
        inOrder(seen, "loop:", " = 1", " = {x = 5, y = -1}", " = 5", " = 5", " = 4", " = 40",
                "at = {x = 5, y = -1}", "total = -2",
                "after:", " = 10", " = false", "node:", " = 107", " = 7", " = 8",
                "DebuggedPayload.follow", "DebuggedPayload.main", " = 8");
    }

    @Test
    void variablesOfInlinedMethodsAreShown() throws IOException {
        String seen = debug("break " + line("// inlined"), "continue", "echo inlined:\\n",
                "print sum", "print other.y", "print this.y", "backtrace", "up", "print i",
                "print data->data[i]");
        inOrder(seen, "inlined:", " = 4", " = 0", " = -2", "DebuggedPayload.Point.plus",
                "DebuggedPayload.sum", "DebuggedPayload.main", " = 0", " = 3");
    }

    private String debug(String... commands) throws IOException {
        Path elf = Files.write(folder.resolve("payload.elf"),
                BarePayload.compileForDebuggers(DebuggedPayload.START));
        List<String> words = new ArrayList<>(List.of("gdb-multiarch", "-nx", "-batch",
                "-ex", "set pagination off", "-ex", "file " + elf,
                "-ex", "directory " + SOURCE.getParent(),
                "-ex", "target remote | exec qemu-system-riscv64 -machine virt -m 256 -smp 1"
                + " -display none -serial null -monitor none -no-reboot -kernel " + elf
                + " -S -gdb stdio 2>/dev/null"));
        for (String command : commands) {
            words.addAll(List.of("-ex", command));
        }
        words.addAll(List.of("-ex", "kill"));
        Command.Result result = Command.of(words.toArray(String[]::new)).run();
        return new String(result.output(), StandardCharsets.UTF_8) + result.errors();
    }

    /** {@code File.java:line} of the line that ends with {@code mark}. */
    private static String line(String mark) throws IOException {
        List<String> lines = Files.readAllLines(SOURCE);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith(mark)) {
                return "DebuggedPayload.java:" + (i + 1);
            }
        }
        throw new AssertionError(mark);
    }

    private static void inOrder(String text, String... parts) {
        int at = 0;
        for (String part : parts) {
            int found = text.indexOf(part, at);
            assertTrue(found >= 0, part + " is missing in or out of order in:\n" + text);
            at = found + part.length();
        }
    }
}
