package k23.codegen.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import k23.codegen.link.Layout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of small methods after each optimisation, as objdump shows it. */
class GeneratedCodeTest {
    private static final Pattern LINE = Pattern.compile("\\s*([0-9a-f]+):\\s+(\\S+)\\s*(.*)");
    private static final Pattern TARGET = Pattern.compile("([0-9a-f]+) <");

    @TempDir
    private Path folder;

    private record Line(long address, String name, String operands) {}

    /** The code of {@code static ... test(...)} in a class with these members. */
    private List<Line> code(String members, String isa) throws IOException {
        return code(members, isa, "<Main.test>");
    }

    private List<Line> code(String members, String isa, String symbol) throws IOException {
        Sources.compile(folder, "Main.java", "class Main { static void run() {} " + members + "}");
        CompileResult result = Compiler.compile(CompileRequest.builder(List.of(folder)).isa(isa)
                .entrySymbol("Main.run").root("Main.test").layout(Layout.exec(0x10000))
                .verify(true).build());
        Path elf = folder.resolve("main.elf");
        Files.write(elf, assertInstanceOf(CompileResult.Compiled.class, result).image().elf());
        Process process = new ProcessBuilder("riscv64-linux-gnu-objdump", "-d",
                "--no-show-raw-insn", elf.toString()).redirectErrorStream(true).start();
        List<Line> lines = new ArrayList<>();
        boolean isTest = false;
        for (String text : new String(process.getInputStream().readAllBytes()).split("\n")) {
            isTest = text.endsWith(">:") ? text.contains(symbol) : isTest;
            Matcher matcher = LINE.matcher(text);
            if (isTest && matcher.matches()) {
                lines.add(new Line(Long.parseLong(matcher.group(1), 16), matcher.group(2),
                        matcher.group(3)));
            }
        }
        assertTrue(lines.size() > 2, lines.toString());
        return lines;
    }

    private List<Line> code(String members) throws IOException {
        return code(members, "rv64gc");
    }

    /** The names of the instructions of the innermost loop: from where a jump back leads to it. */
    private static List<String> loop(List<Line> code) {
        List<String> shortest = List.of();
        for (int end = 0; end < code.size(); end++) {
            Matcher target = TARGET.matcher(code.get(end).operands);
            if (!code.get(end).name.matches("b.*|j") || !target.find()) {
                continue;
            }
            long address = Long.parseLong(target.group(1), 16);
            for (int start = 0; start <= end; start++) {
                if (code.get(start).address == address && (shortest.isEmpty()
                        || end - start < shortest.size())) {
                    shortest = code.subList(start, end + 1).stream().map(Line::name).toList();
                }
            }
        }
        return shortest;
    }

    private static long count(List<Line> code, String name) {
        return code.stream().filter(line -> line.name.equals(name)).count();
    }

    @Test
    void addressesOfALoopArePointersAndSoIsItsTest() throws Exception {
        List<Line> code = code("""
                static final long[] FROM = new long[100];
                static final long[] TO = new long[100];
                static void test() {
                    for (int i = 0; i < FROM.length; i++) {
                        TO[i] = FROM[i];
                    }
                }
                """);
        assertEquals(List.of("ld", "sd", "add", "add", "bne"), loop(code));
    }

    @Test
    void rowsAndColumnsArePointers() throws Exception {
        List<Line> code = code("""
                static final long[] LEFT = new long[4096];
                static final long[] RIGHT = new long[4096];
                static long test(int i, int j) {
                    long sum = 0;
                    int row = i & 63;
                    int column = j & 63;
                    for (int k = 0; k < 64; k++) {
                        sum += LEFT[row * 64 + k] * RIGHT[k * 64 + column];
                    }
                    return sum;
                }
                """);
        assertEquals(0, count(code, "unimp"), code.toString());
        assertEquals(7, loop(code).size(), code.toString());
    }

    @Test
    void whatIsInRangeIsNotChecked() throws Exception {
        List<Line> code = code("""
                static final boolean[] COMPOSITE = new boolean[1000];
                static int test() {
                    int count = 0;
                    for (int i = 2; i < COMPOSITE.length; i++) {
                        if (!COMPOSITE[i]) {
                            count++;
                            for (int j = i + i; j < COMPOSITE.length; j += i) {
                                COMPOSITE[j] = true;
                            }
                        }
                    }
                    return count;
                }
                """);
        assertEquals(0, count(code, "unimp"), code.toString());
        assertEquals(4, loop(code).size(), code.toString());
    }

    @Test
    void whatMayBeOutOfRangeIsChecked() throws Exception {
        List<Line> code = code("""
                static final int[] ITEMS = new int[100];
                static long test(int from, int step) {
                    long sum = 0;
                    for (int i = from; i < ITEMS.length; i += step) {
                        sum += ITEMS[i];
                    }
                    return sum;
                }
                """);
        assertEquals(1, count(code, "bltu"), code.toString());
    }

    @Test
    void aLoopVariableThatWasCheckedIsNotCheckedAgain() throws Exception {
        List<Line> code = code("""
                static void test(int[] items, int root, int end) {
                    int item = items[root];
                    int hole = root;
                    for (int child = 2 * hole + 1; child < end; child = 2 * hole + 1) {
                        if (items[child] <= item) {
                            break;
                        }
                        items[hole] = items[child];
                        hole = child;
                    }
                    items[hole] = item;
                }
                """);
        // Of items[root] and of items[child]; the array's length is loaded once.
        assertEquals(2, count(code, "bltu"), code.toString());
        assertEquals(1, code.stream().filter(line -> line.operands.endsWith(",4(a0)")).count());
    }

    @Test
    void aLengthIsLoadedBeforeTheLoopWhereThatCannotBeSeen() throws Exception {
        List<Line> code = code("""
                static long test(int[] items, int count) {
                    long sum = 0;
                    for (int i = 0; i < count; i++) {
                        sum += items[i];
                    }
                    return sum;
                }
                """);
        assertEquals(1, loop(code).stream().filter("lw"::equals).count(), code.toString());
    }

    @Test
    void constantsAreMadeBeforeTheLoop() throws Exception {
        List<Line> code = code("""
                static int test(int count) {
                    int seed = 12345;
                    for (int i = 0; i < count; i++) {
                        seed = seed * 1103515245 + 12345;
                    }
                    return seed;
                }
                """);
        assertEquals(List.of("mulw", "addw", "addw", "blt"), loop(code), code.toString());
    }

    @Test
    void neighboursShareAnAddress() throws Exception {
        List<Line> code = code("""
                static final int[] ITEMS = new int[100];
                static int test(int i) {
                    int at = i & 63;
                    return ITEMS[at] * ITEMS[at + 1] + ITEMS[at + 2];
                }
                """);
        assertEquals(1, code.stream().filter(line -> line.name.startsWith("sll")
                && line.operands.endsWith(",0x2")).count(),
                code.toString());
        assertEquals(0, count(code, "unimp"), code.toString());
    }

    @Test
    void whatWasLoadedIsNotLoadedAgain() throws Exception {
        List<Line> code = code("""
                static int count;
                static int test(int by) {
                    return count * by + (count ^ by) + (count & 7);
                }
                """);
        assertEquals(1, count(code, "lw"), code.toString());
    }

    @Test
    void aRecursionsTestIsMadeBeforeTheCall() throws Exception {
        List<Line> code = code("""
                static int fibonacci(int n) {
                    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
                }
                static int test(int n) {
                    return fibonacci(n);
                }
                """);
        for (int i = 2; i < code.size(); i++) {
            if (code.get(i).name.equals("jalr")) {
                assertEquals("auipc", code.get(i - 1).name);
                assertTrue(code.get(i - 2).name.matches("b.*|j"), code.toString());
            }
        }
    }

    @Test
    void aResultThatIsReturnedGoesThereAtOnce() throws Exception {
        List<Line> code = code("""
                record Triple(long a, long b, long c) {
                    @k23.sdk.NoInline
                    static Triple of(long x) {
                        return new Triple(x, x + 1, x + 2);
                    }
                    static Triple twice(long x) {
                        return of(2 * x);
                    }
                    @k23.sdk.NoInline
                    static Triple deep(long x) {
                        return twice(x ^ 5);
                    }
                }
                static long test(long x) {
                    Triple made = Triple.deep(x);
                    return made.a + made.b + made.c;
                }
                """, "rv64gc", "Triple.deep(");
        // The frame record alone.
        assertEquals(2, count(code, "ld"), code.toString());
        assertEquals(2, count(code, "sd"), code.toString());
    }

    @Test
    void aFewCasesTakeNoTable() throws Exception {
        List<Line> code = code("""
                static int test(int which) {
                    return switch (which & 7) {
                        case 0 -> 5;
                        case 1 -> 4;
                        case 2 -> 77;
                        case 3 -> 1;
                        case 4 -> 11;
                        case 5 -> 35;
                        case 6 -> 98;
                        case 7 -> 7;
                        default -> throw new IllegalStateException("never");
                    };
                }
                """);
        assertEquals(0, count(code, "jr"), code.toString());
        assertEquals(0, count(code, "unimp"), code.toString());
    }

    @Test
    void extensionsOfTheProcessorAreMadeUseOf() throws Exception {
        String members = """
                static long test(long[] items, int i, long x) {
                    return items[i] + (int) x + Long.rotateRight(x, 7) + (x & ~items[0])
                            + Long.bitCount(x);
                }
                """;
        List<Line> plain = code(members);
        List<Line> extended = code(members, "rv64gc_zba_zbb_zbs");
        for (String name : List.of("sh3add", "ror", "andn", "cpop")) {
            assertEquals(0, count(plain, name), plain.toString());
            assertTrue(extended.stream().anyMatch(line -> line.name.startsWith(name)),
                    extended.toString());
        }
        assertThrows(IllegalArgumentException.class, () -> code(members, "rv64gc_zebra"));
        assertThrows(IllegalArgumentException.class, () -> code(members, "rv32gc"));
    }
    @Test
    void numbersOfALoopStayInFloatRegisters() throws Exception {
        List<Line> code = code("""
                static final double[] LEFT = new double[100];
                static final double[] RIGHT = new double[100];
                static double test() {
                    double sum = 0;
                    for (int i = 0; i < LEFT.length; i++) {
                        sum += LEFT[i] * RIGHT[i];
                    }
                    return sum;
                }
                """);
        assertEquals(List.of("fld", "fld", "fmul.d", "add", "fadd.d", "add", "bne"),
                loop(code), code.toString());
    }

    @Test
    void aComparisonOfDoublesDecidesItsBranch() throws Exception {
        List<Line> code = code("""
                static int test(double x, double y, int a, int b) {
                    if (x < y) {
                        return a * b;
                    }
                    return a ^ b;
                }
                """);
        assertEquals(1, count(code, "flt.d"), code.toString());
        assertEquals(0, code.stream().filter(line -> line.name.startsWith("feq")
                || line.name.startsWith("fle") || line.name.startsWith("fmv")).count(),
                code.toString());
    }

    @Test
    void recordsOfDoublesAreNotInMemory() throws Exception {
        List<Line> code = code("""
                record Vector(double x, double y) {
                    Vector plus(Vector other) { return new Vector(x + other.x, y + other.y); }
                    Vector times(double f) { return new Vector(x * f, y * f); }
                }
                static Vector test(Vector a, Vector b, double f) {
                    return a.plus(b.times(f)).times(f);
                }
                """);
        assertEquals(4, count(code, "fmul.d"), code.toString());
        assertEquals(0, code.stream().filter(line -> line.name.matches("fld|fsd|fmv.*")).count(),
                code.toString());
    }

    @Test
    void versionsHaveTheirInstructions() throws Exception {
        String members = """
                @k23.sdk.Inline
                static long mixed(long x, long y) {
                    return Long.rotateRight(x, 14) ^ Long.reverseBytes(y);
                }
                @k23.sdk.TargetFeature(k23.sdk.riscv.IsaExtension.ZBB)
                static long fast(long x, long y) { return mixed(x, y); }
                static long slow(long x, long y) { return mixed(x, y); }
                static long test(long bits, long x, long y) {
                    return new k23.sdk.riscv.IsaExtensions(bits)
                            .has(k23.sdk.riscv.IsaExtension.ZBB) ? fast(x, y) : slow(x, y);
                }
                """;
        List<Line> fast = code(members, "rv64gc", "<Main.fast");
        assertEquals(1, count(fast, "ror"), fast.toString());
        assertEquals(1, count(fast, "rev8"), fast.toString());
        List<Line> rest = code(members, "rv64gc", "<Main.test>");
        assertEquals(0, count(rest, "ror") + count(rest, "rev8"), rest.toString());
    }

    @Test
    void sumsOfSumsAreComputedOnce() throws Exception {
        List<Line> code = code("""
                static long test(long a, long b, long c, long d) {
                    for (int i = 0; i < 80; i++) {
                        long first = a * a + (b * b + (c * c + d));
                        long second = first + (d * d + a);
                        d = first + b;
                        a = second + c;
                        b = second;
                        c = second ^ d;
                    }
                    return a + b + c + d;
                }
                """);
        assertEquals(4, loop(code).stream().filter("mul"::equals).count(), code.toString());
        assertEquals(8, loop(code).stream().filter(name -> name.matches("addi?w?")).count(),
                code.toString());
    }
}
