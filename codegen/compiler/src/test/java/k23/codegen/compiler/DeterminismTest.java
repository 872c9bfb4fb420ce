package k23.codegen.compiler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @TempDir
    private Path folder;

    private byte[] compile(String name, int threads) throws Exception {
        Path classes = Files.createDirectories(folder.resolve(name));
        Sources.compile(classes, "Main.java", MAIN);
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
}
