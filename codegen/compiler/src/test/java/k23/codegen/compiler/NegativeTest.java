package k23.codegen.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import k23.codegen.compiler.diagnostic.Diagnostic;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.link.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One file for each diagnostic, named by its code. The line with the comment {@code // expect} is
 * where it must be reported; {@code // expect file} means the file as a whole, and
 * {@code // expect nowhere} no place.
 */
class NegativeTest {
    /** Refused by other means than a file: see the tests below. */
    private static final List<Integer> ELSEWHERE = List.of(1024, 1029);

    @TempDir
    private Path folder;

    static Stream<Path> files() throws IOException, URISyntaxException {
        Path negative = Path.of(NegativeTest.class.getResource("/negative").toURI());
        try (Stream<Path> files = Files.list(negative)) {
            return files.sorted().toList().stream();
        }
    }

    private static String code(Path file) {
        return file.getFileName().toString().replace(".java", "").replace("K23-", "");
    }

    @Test
    void everyDiagnosticHasAFile() throws Exception {
        TreeSet<Integer> codes = new TreeSet<>(ELSEWHERE);
        files().forEach(file -> codes.add(Integer.parseInt(code(file).substring(0, 4))));
        assertEquals(new TreeSet<>(Arrays.stream(Problem.values()).map(Problem::code).toList()),
                codes);
    }

    @ParameterizedTest
    @MethodSource("files")
    void isReportedWhereItIs(Path file) throws Exception {
        String text = Files.readString(file);
        Sources.compile(folder, "Main.java", text);
        Files.deleteIfExists(folder.resolve("Removed.class"));
        if (text.contains("class Old")) {
            Sources.compile(folder, "Old.java", "class Old {}");
        }
        List<Diagnostic> diagnostics = refused(CompileRequest.builder(List.of(folder))
                .entrySymbol("Main.run").layout(Layout.exec(0x10000)).threads(1).build());
        assertEquals(1, diagnostics.size(), diagnostics::toString);
        Diagnostic found = diagnostics.getFirst();
        assertEquals(code(file).substring(0, 4), String.valueOf(found.problem().code()),
                found::toString);
        assertEquals(expectedPlace(text), found.place().file() + ":" + found.place().line(),
                found::toString);
    }

    private static String expectedPlace(String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("// expect")) {
                return "Main.java:" + (i + 1);
            }
        }
        assertTrue(text.contains("// expect file") || text.contains("// expect nowhere"));
        return text.contains("// expect file") ? "Main.java:0" : ":0";
    }

    private static List<Diagnostic> refused(CompileRequest request) {
        CompileResult result = Compiler.compile(request);
        return assertInstanceOf(CompileResult.Refused.class, result).diagnostics();
    }

    @Test
    void entryOfAnotherSignature() {
        Sources.compile(folder, "Main.java", """
                class Main {
                    @k23.sdk.Entry
                    static void main(long hart) {
                    }
                }
                """);
        List<Diagnostic> diagnostics = refused(CompileRequest.builder(List.of(folder))
                .entryClass("Main").build());
        assertEquals(Problem.ENTRY, diagnostics.getFirst().problem());
        assertEquals(4, diagnostics.getFirst().place().line());
    }

    @Test
    void damagedClassFile() throws IOException {
        Files.write(folder.resolve("Main.class"), new byte[] {1, 2, 3, 4});
        List<Diagnostic> diagnostics = refused(CompileRequest.builder(List.of(folder))
                .entrySymbol("Main.run").build());
        assertEquals(Problem.CLASS_FILE, diagnostics.getFirst().problem());
    }

    @Test
    void allAreCollectedAndSorted() {
        Sources.compile(folder, "Main.java", """
                class Main {
                    static Object b() { return Main.class; }
                    static Object a() { return new java.util.ArrayList<String>(); }
                    static long run() { return a() == b() ? 1 : 0; }
                }
                """);
        List<Diagnostic> diagnostics = refused(CompileRequest.builder(List.of(folder))
                .entrySymbol("Main.run").build());
        assertEquals(List.of(2, 3), diagnostics.stream().map(d -> d.place().line()).toList());
    }
}
