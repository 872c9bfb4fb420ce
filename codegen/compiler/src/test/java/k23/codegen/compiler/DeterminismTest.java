package k23.codegen.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same class files give the same bytes, on any number of threads, in any folder. */
class DeterminismTest {
    private static final String MAIN = """
            class Main {
                record Pair(long a, String b) {}
                enum Kind { ONE, TWO { int n() { return 2; } }; int n() { return 1; } }
                static final Pair[] PAIRS = {new Pair(1, "one"), new Pair(2, "two")};
                static int counter = 7;
                static long hash(Pair p) { return p.a() * 31 + p.b().hashCode(); }
                static void log(int i) {
                    k23.sdk.Log.info("number " + i + " of " + PAIRS[i].b() + ' ' + Kind.TWO);
                }
                static long run() {
                    long sum = counter;
                    for (int i = 0; i < PAIRS.length; i++) {
                        sum += hash(PAIRS[i]) + Kind.values()[i].n();
                        log(i);
                    }
                    return sum;
                }
            }
            """;

    /** Leads to about a hundred methods, most of the JDK, whose code many threads then read. */
    private static final String LARGE = """
            import java.math.BigInteger;
            class Main {
                static long[] sorted = new long[100];
                static long run() {
                    for (int i = 0; i < sorted.length; i++) {
                        sorted[i] = Long.reverse(i * 0x9e3779b97f4a7c15L);
                    }
                    java.util.Arrays.sort(sorted);
                    BigInteger big = BigInteger.valueOf(sorted[7]).pow(9)
                            .mod(BigInteger.valueOf(sorted[99]).shiftLeft(70).subtract(
                                    BigInteger.ONE));
                    return big.longValue() + Long.parseLong("-12") + Math.floorMod(sorted[3], 7);
                }
            }
            """;
    private static final int AT_ONCE = 3;
    private static final int ROUNDS = 5;

    @TempDir
    private Path folder;

    private byte[] compile(String name, int threads) throws Exception {
        Path classes = Files.createDirectories(folder.resolve(name));
        Sources.compile(classes, "Main.java", MAIN);
        return compile(classes, threads);
    }

    private static byte[] compile(Path classes, int threads) {
        CompileResult result = Compiler.compile(CompileRequest.builder(List.of(classes))
                .entrySymbol("Main.run").threads(threads).debug(true).build());
        return assertInstanceOf(CompileResult.Compiled.class, result).image().elf();
    }

    @Test
    void sameBytes() throws Exception {
        byte[] first = compile("first", 1);
        assertArrayEquals(first, compile("elsewhere", 1));
        assertArrayEquals(first, compile("parallel", 4));
    }

    @Test
    void sameBytesFromManyCompilationsAtOnce() throws Exception {
        Sources.compile(folder, "Main.java", LARGE);
        byte[] alone = compile(folder, 1);
        try (var executor = Executors.newFixedThreadPool(AT_ONCE)) {
            var compilations = new ArrayList<Future<byte[]>>();
            for (int i = 0; i < AT_ONCE * ROUNDS; i++) {
                compilations.add(executor.submit(() -> compile(folder, 8)));
            }
            for (Future<byte[]> compilation : compilations) {
                assertArrayEquals(alone, compilation.get());
            }
        }
    }
}
