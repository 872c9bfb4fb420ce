package k23.sdk.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** javac itself, with the processor, on entries that are right and on every kind that is not. */
final class EntryProcessorTest {
    @TempDir Path classes;

    @ParameterizedTest
    @ValueSource(strings = {
        "@Entry static void main(int hart, BootInfo boot) {}",
        "@Entry public static void start(final int hart, final BootInfo boot) {}",
        "@Entry(stackBytes = 4096, harts = 0) static void main(int hart, BootInfo boot) {}",
        "@Entry(paging = k23.sdk.Paging.SV57) static void main(int hart, BootInfo boot) {}",
        "@Entry(paging = {k23.sdk.Paging.SV57, k23.sdk.Paging.SV39}) "
                + "static void main(int hart, BootInfo boot) {}",
        "@Entry(needs = k23.sdk.riscv.IsaExtension.ZBA) "
                + "static void main(int hart, BootInfo boot) {}",
        "static void main(int hart) {}",
    })
    void accepts(String method) {
        assertEquals(List.of(), compile(source("Payload", method)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "@Entry void main(int hart, BootInfo boot) {}",
        "@Entry private static void main(int hart, BootInfo boot) {}",
        "@Entry static int main(int hart, BootInfo boot) { return 0; }",
        "@Entry static void main() {}",
        "@Entry static void main(BootInfo boot, int hart) {}",
        "@Entry static void main(long hart, BootInfo boot) {}",
        "@Entry static void main(Integer hart, BootInfo boot) {}",
        "@Entry static void main(int hart, BootInfo... boot) {}",
        "@Entry static void main(int hart, Object boot) {}",
        "@Entry static <T> void main(int hart, BootInfo boot) {}",
        "@Entry static native void main(int hart, BootInfo boot);",
        "@Entry static void main(int hart, BootInfo boot) throws Exception {}",
        "@Entry static void main(String[] args) {}",
    })
    void rejectsTheSignature(String method) {
        assertOne("K23-1901", compile(source("Payload", method)));
    }

    @Test
    void namesEveryFaultOfASignature() {
        var messages = compile(source("Payload", "@Entry private int main(long x) { return 0; }"));
        var message = assertOne("K23-1901", messages);
        for (String fault : List.of("not static", "private", "returns int", "(long)")) {
            assertTrue(message.contains(fault), message);
        }
    }

    @Test
    void rejectsTwoEntriesAtBothPlaces() {
        var entry = "@Entry static void main(int hart, BootInfo boot) {}";
        var messages = compile(source("A", entry), source("B", entry));
        assertEquals(2, messages.size(), messages::toString);
        for (String message : messages) {
            assertTrue(message.contains("K23-1902") && message.contains("A.main, B.main"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "stackBytes = 0", "stackBytes = 4095", "stackBytes = -1", "stackBytes = 16777217",
        "harts = -1", "harts = 65", "paging = {}",
        "paging = {k23.sdk.Paging.SV39, k23.sdk.Paging.SV48}",
        "paging = {k23.sdk.Paging.SV57, k23.sdk.Paging.SV57}",
    })
    void rejectsOptionsOutOfRange(String option) {
        var entry = "@Entry(" + option + ") static void main(int hart, BootInfo boot) {}";
        assertOne("K23-1903", compile(source("Payload", entry)));
    }

    private static String assertOne(String code, List<String> messages) {
        assertEquals(1, messages.size(), messages::toString);
        assertTrue(messages.getFirst().contains(code), messages::toString);
        return messages.getFirst();
    }

    private static JavaFileObject source(String name, String method) {
        var text = "import k23.sdk.Entry; import k23.sdk.boot.BootInfo; final class " + name + " { "
                + method + " }";
        return new SimpleJavaFileObject(
                URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    /** Compiles and returns the errors. */
    private List<String> compile(JavaFileObject... sources) {
        var collector = new DiagnosticCollector<JavaFileObject>();
        var options = List.of(
                "-proc:full", "-d", classes.toString(),
                "-cp", System.getProperty("java.class.path"));
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, collector, options, null, List.of(sources))
                .call();
        var errors = new ArrayList<String>();
        for (var diagnostic : collector.getDiagnostics()) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                errors.add(diagnostic.getMessage(null));
            }
        }
        return errors;
    }
}
