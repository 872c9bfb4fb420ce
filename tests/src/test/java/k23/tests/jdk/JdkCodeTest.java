package k23.tests.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import k23.sdk.sim.Machine;
import k23.sdk.trace.CodeTables;
import k23.tests.bare.BarePayload;
import k23.tests.bare.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's own code, compiled from its class files: the machine's results are the JVM's. */
class JdkCodeTest {
    @TempDir
    private Path folder;

    @Test
    void helpersGiveWhatTheyGiveOnTheJvm() throws Throwable {
        compare(JdkMethods.of(Boolean.class, Byte.class, Short.class, Character.class,
                Integer.class, Long.class, Float.class, Double.class, Math.class,
                StrictMath.class));
    }

    private void compare(JdkMethods methods) throws Throwable {
        methods.write(folder);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()},
                getClass().getClassLoader())) {
            MethodHandle run = MethodHandles.lookup().findStatic(
                    loader.loadClass("k23.generated.JdkCalls"), "run",
                    MethodType.methodType(long.class, int.class, int.class, int.class));
            compare(BarePayload.compile(JdkPayload.START, true, folder), methods.methods(),
                    JdkInputs.COUNT, (which, i, j) -> (long) run.invokeExact(which, i, j));
        }
    }

    @Test
    void sortsChecksumsAndLargeNumbersGiveWhatTheyGiveOnTheJvm() {
        compare(BarePayload.compile(LibraryPayload.START, true),
                IntStream.range(0, LibraryCases.COUNT).boxed().toList(), LibraryCases.SEEDS,
                LibraryCases::run);
    }

    /** What is run. */
    @FunctionalInterface
    private interface Run {
        long call(int which, int i, int j) throws Throwable;
    }

    private static void compare(byte[] elf, List<?> names, int inputs, Run run) {
        List<String> machine = Outcome.lines(BarePayload.run(elf));
        CodeTables code = CodeTables.ofElf(Machine.reset().allocate(elf));
        Map<Object, String> differences = new LinkedHashMap<>();
        int trials = 0;
        for (int which = 0; which < names.size(); which++) {
            for (int i = 0; i < inputs; i++) {
                for (int j = 0; j < inputs; j++) {
                    Object name = names.get(which);
                    assertTrue(trials < machine.size(), "the machine stopped in " + name);
                    String jvm = onJvm(run, which, i, j);
                    String got = Outcome.reported(code, machine.get(trials++));
                    if (!sameOutcome(jvm, got)) {
                        differences.putIfAbsent(name, "%s of inputs %d, %d: JVM %s, machine %s"
                                .formatted(name, i, j, jvm, got));
                    }
                }
            }
        }
        assertEquals("", String.join("\n", differences.values()));
        assertEquals(trials, machine.size());
    }

    private static String onJvm(Run run, int which, int i, int j) {
        try {
            return Outcome.returned(run.call(which, i, j));
        } catch (RuntimeException e) {
            return Outcome.thrown(e) + " " + e.getClass().getName();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** A trap has its kind, a throw its class: the JDK's messages are made at run time. */
    private static boolean sameOutcome(String jvm, String machine) {
        String got = machine.split(":")[0];
        return jvm.equals(got) || jvm.startsWith("!") && (jvm.startsWith(got + " ")
                || got.startsWith("!6 ") && jvm.endsWith(got.substring(2)));
    }
}
