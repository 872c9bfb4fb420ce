package k23.tests.differential.random;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import k23.sdk.sim.Machine;
import k23.sdk.trace.CodeTables;
import k23.tests.bare.BarePayload;
import k23.tests.bare.Outcome;

/** Many random programs in one compilation and one boot. */
final class ProgramBatch {
    private static final String PACKAGE = "k23.tests.differential.generated";
    private static final long[][] INPUTS = {
        {0, 0}, {1, -1}, {7, 3}, {-128, 255}, {Integer.MIN_VALUE, -1}, {Long.MAX_VALUE, 2},
        {0x123456789abcdef0L, -0x5851f42d4c957f2dL},
    };
    private static final String PAYLOAD = """
            package %s;

            import k23.sdk.Symbol;
            import k23.sdk.Template;
            import k23.sdk.asm.Assembler;
            import k23.tests.bare.BareMachine;

            final class Payload {
                private static final long[] LEFT = {%s};
                private static final long[] RIGHT = {%s};

                @Template("k23_random_start")
                static void start(Assembler a) {
                    BareMachine.start(a, "k23_random_main");
                }

                @Template("k23_random_attempt")
                static void attempt(Assembler a) {
                    BareMachine.attempt(a, "k23_random_case");
                }

                @Symbol("k23_random_attempt")
                private static native long attempt(int which, long a, long b);

                @Symbol("k23_random_main")
                static void main() {
                    BareMachine.freeObjects();
                    for (int which = 0; which < %d; which++) {
                        for (int i = 0; i < LEFT.length; i++) {
                            long result = attempt(which, LEFT[i], RIGHT[i]);
                            BareMachine.report(result);
                            BareMachine.clearObjects();
                        }
                    }
                }

                @Symbol("k23_random_case")
                public static long run(int which, long a, long b) {
                    return switch (which) {
            %s            default -> 0;
                    };
                }
            }
            """;

    private final List<RandomProgram> programs;

    ProgramBatch(List<RandomProgram> programs) {
        this.programs = List.copyOf(programs);
    }

    /** The programs that did not do the same in both worlds, with what they did. */
    List<Difference> differences() {
        try {
            Path folder = Files.createTempDirectory("k23-random");
            try {
                compile(folder);
                return compare(folder);
            } finally {
                delete(folder);
            }
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void compile(Path folder) {
        List<JavaFileObject> sources = new ArrayList<>();
        StringBuilder arms = new StringBuilder();
        for (int i = 0; i < programs.size(); i++) {
            sources.add(source("P" + i, programs.get(i).source(PACKAGE, "P" + i)));
            arms.append("            case ").append(i).append(" -> P").append(i)
                    .append(".run(a, b);\n");
        }
        sources.add(source("Payload", PAYLOAD.formatted(PACKAGE, inputs(0), inputs(1),
                programs.size(), arms)));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String classPath = String.join(File.pathSeparator,
                BarePayload.CLASSES.stream().map(Path::toString).toList());
        boolean done = compiler.getTask(messages, null, null, List.of("-d", folder.toString(),
                "-cp", classPath, "-proc:none", "-g", "-nowarn"), null, sources).call();
        if (!done) {
            throw new IllegalStateException("javac refuses a random program:\n" + messages);
        }
    }

    private static String inputs(int side) {
        return String.join(", ", Stream.of(INPUTS).map(pair -> pair[side] + "L").toList());
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private List<Difference> compare(Path folder)
            throws IOException, ReflectiveOperationException {
        byte[] elf = BarePayload.compile("k23_random_start", true, folder);
        List<String> machine = Outcome.lines(BarePayload.run(elf));
        CodeTables code = CodeTables.ofElf(Machine.reset().allocate(elf));
        List<Difference> result = new ArrayList<>();
        URL[] path = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
            Method run = loader.loadClass(PACKAGE + ".Payload")
                    .getDeclaredMethod("run", int.class, long.class, long.class);
            run.setAccessible(true);
            for (int i = 0; i < programs.size() * INPUTS.length; i++) {
                long[] input = INPUTS[i % INPUTS.length];
                RandomProgram program = programs.get(i / INPUTS.length);
                String jvm = onJvm(run, i / INPUTS.length, input);
                String got = i < machine.size()
                        ? Outcome.reported(code, machine.get(i)) : "nothing";
                if (!jvm.equals(got)) {
                    result.add(new Difference(program, input[0], input[1], jvm, got));
                }
            }
        }
        return result;
    }

    private static String onJvm(Method run, int which, long[] input)
            throws IllegalAccessException {
        try {
            return Outcome.returned((long) run.invoke(null, which, input[0], input[1]));
        } catch (InvocationTargetException e) {
            return Outcome.thrown(e.getCause());
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
