package k23.codegen.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import k23.codegen.compiler.diagnostic.Diagnostic;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.link.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where versions of methods for {@code @TargetFeature} may be called, and where not. */
class VersionTest {
    private static final String MAIN = """
            import k23.sdk.*; import k23.sdk.riscv.*;
            class Main {
                @TargetFeature(IsaExtension.ZBB)
                static long z(long x) { return Long.rotateLeft(x, 3); }
                @TargetFeature({IsaExtension.ZBB, IsaExtension.ZBA})
                static long both(long x) { return z(x) + x * 8; }
                interface Step { long apply(long x); }
                static final class Plain implements Step {
                    public long apply(long x) { return x; }
                }
                static final class Fast implements Step {
                    @TargetFeature(IsaExtension.ZBB)
                    public long apply(long x) { return Long.rotateLeft(x, 5); }
                }
                static final Step[] STEPS = {new Plain(), new Fast()};
                record Pair(long a) {
                    @TargetFeature(IsaExtension.ZBB)
                    public String toString() { return "a"; }
                }
                static final IsaExtension ZBB = IsaExtension.ZBB;
                static Step step() { return STEPS[1]; }
                static long run(long bits, long x) {
                    IsaExtensions e = new IsaExtensions(bits);
            """;

    @TempDir
    private Path folder;

    private CompileResult compile(String body, String isa) {
        Sources.compile(folder, "Main.java", MAIN + body + " } }");
        return Compiler.compile(CompileRequest.builder(List.of(folder)).isa(isa)
                .entrySymbol("Main.run").layout(Layout.exec(0x10000)).threads(1).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "if (e.has(IsaExtension.ZBB)) { return z(x); } return x;",
        "return e.has(IsaExtension.ZBB) ? z(x) : x;",
        "if (!e.has(IsaExtension.ZBB)) { return x; } return z(x);",
        "if (x > 5 && e.has(IsaExtension.ZBB) && x < 9) { return z(x); } return x;",
        "if (!e.has(IsaExtension.ZBB) || x < 7) { return x; } return z(x);",
        "if (e.has(IsaExtension.ZBA)) { if (e.has(IsaExtension.ZBB)) { return both(x); } } "
                + "return x;",
        "if (e.has(IsaExtension.ZBB)) { for (long i = 0; i < x; i++) { x += z(i); } } return x;",
        "if (e.has(IsaExtension.ZBB)) { return step().apply(x); } return x;",
        "return e.has(IsaExtension.ZBB) ? (x > 0 ? z(x) : z(-x)) : x;",
    })
    void whatIsTestedIsKnown(String body) {
        assertInstanceOf(CompileResult.Compiled.class, compile(body, "rv64gc"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "return z(x);",
        "if (e.has(IsaExtension.ZBB)) { return x; } return z(x);",
        "if (e.has(IsaExtension.ZBB)) { x++; } return z(x);",
        "if (e.has(IsaExtension.ZBA)) { return z(x); } return x;",
        "if (e.has(IsaExtension.ZBB)) { return both(x); } return x;",
        "if (e.has(IsaExtension.ZBB) || x > 5) { return z(x); } return x;",
        "if (!e.has(IsaExtension.ZBB)) { return z(x); } return x;",
        "return step().apply(x);",
        "Step s = Main::z; return s.apply(x);",
        "Step s = y -> z(y + 1); return e.has(IsaExtension.ZBB) ? s.apply(x) : x;",
        "boolean known = e.has(IsaExtension.ZBB); return known ? z(x) : x;",
        "for (long i = 0; i < x; i++) { x = x > 3 ? z(x) : x; "
                + "if (!e.has(IsaExtension.ZBB)) { return x; } } return x;",
        "if (e.without(e).has(IsaExtension.at((int) x))) { return z(x); } return x;",
        "Log.info(new Pair(x) + \"\"); return x;",
    })
    void whatIsNotKnownIsRefused(String body) {
        CompileResult result = compile(body, "rv64gc");
        List<Diagnostic> found = assertInstanceOf(CompileResult.Refused.class, result)
                .diagnostics();
        assertEquals(List.of(Problem.VERSION_CALL),
                found.stream().map(Diagnostic::problem).distinct().toList(), found::toString);
    }

    @Test
    void whatAllIsCompiledForIsKnown() {
        assertInstanceOf(CompileResult.Compiled.class, compile("return z(x);", "rv64gc_zbb"));
        assertInstanceOf(CompileResult.Refused.class, compile("return both(x);", "rv64gc_zbb"));
    }

    @Test
    void symbolsAreNotTested() {
        List<Diagnostic> found = assertInstanceOf(CompileResult.Refused.class, compile("""
                return x; }
                @Template("between")
                static void between(k23.sdk.asm.Assembler a) { a.call("Main.z"); }
                @Symbol("between")
                static native long enter();
                static long other() { return enter();
                """.replace("return x;", "return other();"), "rv64gc")).diagnostics();
        assertTrue(found.stream().anyMatch(d -> d.problem() == Problem.VERSION
                && d.detail().endsWith("by its symbol")), found::toString);
    }
}
