package k23.codegen.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Floating-point instructions that javac has no use for; the JVM says what they do. */
class FloatTest {
    private static final String MAIN = """
            class Main {
                static final double[] NUMBERS = {0, -0.0, 1, -2.5, 1e300, Double.MIN_VALUE,
                    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
                static long hash(long hash, double number) {
                    return hash * 31 + Double.doubleToLongBits(number);
                }
                static long all() {
                    long hash = 1;
                    for (int i = 0; i < NUMBERS.length; i++) {
                        for (int j = 0; j < NUMBERS.length; j++) {
                            double x = NUMBERS[i];
                            double y = NUMBERS[j];
                            float s = (float) x;
                            float t = (float) y;
                            hash = hash * 31 + Rare.dcmpl(x, y) + 3 * Rare.dcmpg(x, y)
                                    + 9 * Rare.fcmpl(s, t) + 27 * Rare.fcmpg(s, t);
                            hash = hash(hash, Rare.swap(s, t));
                            hash = hash(hash, Rare.below(x, y));
                            hash = hash(hash, Rare.wide(s, y));
                            hash = hash(hash, Rare.narrow(x, t));
                            hash = hash(hash, Rare.pair(s, t));
                        }
                    }
                    return hash;
                }
                static long run() {
                    Linux.print(all() >> 1);
                    return 0;
                }
            }
            class Rare {
                static int dcmpl(double x, double y) { return 0; }
                static int dcmpg(double x, double y) { return 0; }
                static int fcmpl(float x, float y) { return 0; }
                static int fcmpg(float x, float y) { return 0; }
                static float swap(float x, float y) { return 0; }
                static double below(double x, double y) { return 0; }
                static double wide(float x, double y) { return 0; }
                static double narrow(double x, float y) { return 0; }
                static float pair(float x, float y) { return 0; }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void comparisonsAsNumbersAndTheStackShuffled() throws Exception {
        LinuxProgram.Run run = LinuxProgram.run(folder, MAIN, FloatTest::replaceRare);
        assertEquals(new LinuxProgram.Run(0, Long.toString(onJvm() >> 1)), run);
    }

    private long onJvm() throws IOException, ReflectiveOperationException {
        URL[] classes = {folder.resolve("classes").toUri().toURL()};
        try (var loader = new URLClassLoader(classes, FloatTest.class.getClassLoader())) {
            var method = loader.loadClass("p.Main").getDeclaredMethod("all");
            method.setAccessible(true);
            return (long) method.invoke(null);
        }
    }

    private static void replaceRare(Path classes) {
        byte[] rare = ClassFile.of().build(ClassDesc.of("p.Rare"), type ->
                methods().forEach((name, code) -> type.withMethodBody(
                        name.substring(0, name.indexOf('(')),
                        MethodTypeDesc.ofDescriptor(name.substring(name.indexOf('('))),
                        ClassFile.ACC_STATIC, code)));
        try {
            Files.write(classes.resolve("p/Rare.class"), rare);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Consumer<CodeBuilder>> methods() {
        Map<String, Consumer<CodeBuilder>> methods = new LinkedHashMap<>();
        methods.put("dcmpl(DD)I", code -> code.dload(0).dload(2).dcmpl().ireturn());
        methods.put("dcmpg(DD)I", code -> code.dload(0).dload(2).dcmpg().ireturn());
        methods.put("fcmpl(FF)I", code -> code.fload(0).fload(1).fcmpl().ireturn());
        methods.put("fcmpg(FF)I", code -> code.fload(0).fload(1).fcmpg().ireturn());
        methods.put("swap(FF)F", code -> code.fload(0).fload(1).swap().fsub().freturn());
        // y, x - y
        methods.put("below(DD)D", code -> code.dload(0).dload(2).dup2_x2().dsub().ddiv().dreturn());
        // y, x, y: the upper y goes
        methods.put("wide(FD)D", code -> code.fload(0).dload(1).dup2_x1().pop2().f2d().dsub()
                .dreturn());
        // y, x + y
        methods.put("narrow(DF)D", code -> code.dload(0).fload(2).dup_x2().f2d().dadd().d2f()
                .fdiv().f2d().dreturn());
        // x, y, x, y
        methods.put("pair(FF)F", code -> code.fload(0).fload(1).dup2().fmul().fadd().fsub()
                .freturn());
        return methods;
    }
}
