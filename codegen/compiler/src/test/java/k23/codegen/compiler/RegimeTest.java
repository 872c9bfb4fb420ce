package k23.codegen.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import k23.codegen.compiler.diagnostic.Diagnostic;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.regime.RegimeReport;
import k23.codegen.link.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What regimes see, where their checks end, and what the report says about it. */
class RegimeTest {
    private static final String IMPORTS = "import k23.sdk.*; import k23.sdk.riscv.*;\n";

    @TempDir
    private Path folder;

    private CompileResult compile(String main) {
        Sources.compile(folder, "Main.java", IMPORTS + main);
        return Compiler.compile(CompileRequest.builder(List.of(folder)).entrySymbol("Main.run")
                .layout(Layout.exec(0x10000)).threads(1).build());
    }

    private List<Diagnostic> refused(String main) {
        return assertInstanceOf(CompileResult.Refused.class, compile(main)).diagnostics();
    }

    private RegimeReport report(String main) {
        CompileResult result = compile(main);
        return assertInstanceOf(CompileResult.Compiled.class, result, result::toString)
                .report().regimes();
    }

    private static void assertChain(String chain, Problem problem, List<Diagnostic> found) {
        assertEquals(1, found.size(), found::toString);
        assertEquals(problem, found.getFirst().problem(), found::toString);
        assertTrue(found.getFirst().detail().endsWith("; called by " + chain), found::toString);
    }

    @Test
    void thePathIsShown() {
        assertChain("Main.run -> Main.middle -> Main.make", Problem.ALLOCATION, refused("""
                class Main {
                    static long make() { return new int[3].length; }
                    static long middle() { return make(); }
                    @NoAllocation
                    static long run() { return middle(); }
                }
                """));
    }

    @Test
    void textsOfRecordsPromiseNothingForTheirClass() {
        String program = """
                class Main {
                    @NoAllocation
                    record Size(long bytes) {}
                    static final class Named { public String toString() { return "n"; } }
                    static Object named = new Named();
                    static long text(Size size) { return size.toString().length(); }
                    %s
                }
                """;
        assertEquals(List.of(), report(program.formatted("""
                static long run() { return ("a " + named).length() + text(new Size(3)); }
                """)).exemptions());
        assertTrue(refused(program.formatted("""
                @NoAllocation
                static long run() { return text(new Size(3)); }
                """)).getFirst().detail().contains("called by Main.run -> Main.text"));
    }

    @Test
    void everyImplementationCounts() {
        assertChain("Main.run -> Main.Slow.size", Problem.ALLOCATION, refused("""
                class Main {
                    interface Thing { long size(); }
                    record Quick(long size) implements Thing {}
                    static final class Small implements Thing {
                        public long size() { return 1; }
                    }
                    static final class Slow implements Thing {
                        public long size() { return new int[3].length; }
                    }
                    static final Thing[] THINGS = {new Small(), new Slow()};
                    @NoAllocation
                    static long run() { return THINGS[0].size() + new Quick(3).size(); }
                }
                """));
    }

    @Test
    void lambdasCount() {
        List<Diagnostic> found = refused("""
                class Main {
                    interface Maker { int[] make(); }
                    static final Maker MAKER = () -> new int[3];
                    static Maker other() { return () -> new int[4]; }
                    @NoAllocation
                    static int made(Maker maker) { return maker.make().length; }
                    static long run() { return made(other()); }
                }
                """);
        assertTrue(found.getFirst().detail().contains("Main.made -> "), found::toString);
    }

    @Test
    void templatesLeadToWhatTheyCall() {
        assertChain("Main.run -> Main.called", Problem.ALLOCATION, refused("""
                class Main {
                    @Template("between")
                    static void between(k23.sdk.asm.Assembler a) { a.call("Main.called"); }
                    @Symbol("between")
                    static native long enter();
                    static long called() { return new int[3].length; }
                    @NoAllocation
                    static long run() { return enter(); }
                }
                """));
    }

    @Test
    void interruptIsAllThree() {
        List<Diagnostic> found = refused("""
                class Main {
                    static final boolean IS_FAST = Boolean.parseBoolean("true");
                    static int half(int x) { return (int) (x * 0.5); }
                    static final class Lock {
                        @Blocking
                        void acquire() {}
                    }
                    static final Lock LOCK = new Lock();
                    @Interrupt
                    static long run() {
                        LOCK.acquire();
                        return new int[3].length + (IS_FAST ? 1 : half(3));
                    }
                }
                """);
        assertEquals(List.of(Problem.FLOAT_REGIME, Problem.BLOCKING, Problem.ALLOCATION),
                found.stream().map(Diagnostic::problem).toList());
    }

    @Test
    void packagesPromiseForTheirMethods() {
        Sources.compile(folder, "package-info.java", "@k23.sdk.NoAllocation package calm;");
        Sources.compile(folder, "Calm.java", """
                package calm;
                public class Calm {
                    public static long make() { return new int[3].length; }
                }
                """);
        CompileResult result = Compiler.compile(CompileRequest.builder(List.of(folder))
                .entrySymbol("calm.Calm.make").layout(Layout.exec(0x10000)).threads(1).build());
        assertChain("Calm.make", Problem.ALLOCATION,
                assertInstanceOf(CompileResult.Refused.class, result).diagnostics());
    }

    @Test
    void exemptionsEndChecksAndAreListed() {
        RegimeReport report = report("""
                class Main {
                    @Exempt(regime = Regime.INTERRUPT, reason = "once, at the start")
                    @Exempt(regime = Regime.NO_FPU, reason = "a second one")
                    static long make() { return new int[3].length; }
                    @Exempt(regime = Regime.NO_ALLOCATION, reason = "nobody asks")
                    static long other() { return make(); }
                    @NoAllocation
                    static long quiet() { return make(); }
                    static long run() { return quiet() + other(); }
                }
                """);
        assertEquals(List.of(
                "exempt Main.make from INTERRUPT: once, at the start",
                "unused exemption Main.make from NO_FPU: a second one",
                "unused exemption Main.other from NO_ALLOCATION: nobody asks"),
                report.exemptions().stream().map(Object::toString).toList());
    }

    @Test
    void permissionsAreListedWithTheirUse() {
        RegimeReport report = report("""
                class Main {
                    @RawAccessAllowed(reason = "reads the clock")
                    static final class Clock {
                        static long now() { return Csr.read(Csr.TIME); }
                    }
                    static long run() { return Clock.now(); }
                }
                """);
        assertEquals(List.of("raw access Main$Clock, 1 calls: reads the clock"),
                report.permissions().stream().map(Object::toString).toList());
    }

    @Test
    void aPermissionNeedsAReasonToo() {
        List<Diagnostic> found = refused("""
                @RawAccessAllowed(reason = " ")
                class Main {
                    static long run() { return Csr.read(Csr.TIME); }
                }
                """);
        assertEquals(List.of(Problem.NO_REASON),
                found.stream().map(Diagnostic::problem).toList());
    }

    @Test
    void recursionIsNamed() {
        CompileResult result = compile("""
                class Main {
                    @NoInline
                    static long even(long n) { return n == 0 ? 1 : odd(n - 1); }
                    @NoInline
                    static long odd(long n) { return n == 0 ? 0 : even(n - 1); }
                    static long run() { return even(5); }
                }
                """);
        assertEquals(List.of(List.of("Main.even(J)J", "Main.odd(J)J")),
                assertInstanceOf(CompileResult.Compiled.class, result, result::toString)
                        .report().recursions());
    }
}
