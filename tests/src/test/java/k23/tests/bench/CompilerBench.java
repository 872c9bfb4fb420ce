package k23.tests.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import k23.cli.build.SystemCompiler;
import k23.codegen.compiler.CompileReport;
import k23.codegen.compiler.CompileRequest;
import k23.codegen.compiler.CompileResult;
import k23.codegen.compiler.Compiler;
import k23.tests.support.Repository;

/**
 * Where the time of compiling loader and kernel goes, from the class files to the linked ELFs: in
 * the first compilation of a fresh JVM, and where the JVM has nothing left to compile itself; as
 * the system's build has it, and for speed rather than size, as payloads are compiled.
 *
 * <p>Two shares are printed. That of the compiling threads' time (the caller's and the workers')
 * says what the compiler's own code costs; the strict one is that of all processor time, with what
 * the JVM takes to compile that code and to collect its garbage.
 */
final class CompilerBench {
    private static final int MAX_WARM_UP = 200;
    private static final int ROUNDS = 10;
    /** The JVM's own share of the processor time, in percent, below which it has settled. */
    private static final int QUIET = 12;
    private static final String CHANGED = "k23/kernel/memory/Frames";
    private static final List<Path> LOADER = List.of(classes("loader-templates"));
    private static final List<Path> KERNEL = List.of(classes("kernel-src"),
            classes("runtime-src"));
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private CompilerBench() {}

    /** Measures the first compilation of this JVM. */
    public static void main(String[] args) {
        Figures.of(1, CompilerBench::compileSystem).print(System.out, "build.system.fresh");
    }

    static void print(PrintStream out) throws IOException {
        printFresh(out);
        resetPeaks();
        printWarm(out, "build.system.warm", CompilerBench::compileSystem);
        out.printf("build.system.heap %d MiB at most%n", peakHeap() >> 20);
        printWarm(out, "build.fast.warm", () -> compile(KERNEL, null, false));
        Path folder = Files.createTempDirectory("k23-bench");
        Path cache = folder.resolve("functions");
        compile(KERNEL, cache, true);
        List<Path> changed = new ArrayList<>(KERNEL);
        changed.addFirst(changedClass(folder.resolve("classes")));
        long start = System.nanoTime();
        compile(changed, cache, true);
        out.printf("build.system.one-method %d ms%n",
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private static void printWarm(PrintStream out, String name,
            Supplier<CompileReport.Times> action) {
        Figures warm;
        int rounds = 0;
        do {
            warm = Figures.of(ROUNDS, action);
            rounds += ROUNDS;
        } while (rounds < MAX_WARM_UP && warm.jvmPercent() > QUIET);
        out.printf("%s.rounds %d before, collector %s%n", name, rounds,
                ManagementFactory.getGarbageCollectorMXBeans().getFirst().getName());
        Figures.of(ROUNDS, action).print(out, name);
    }

    private static void printFresh(PrintStream out) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), CompilerBench.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        out.print(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    /**
     * What rounds of compiling cost on average, in nanoseconds.
     *
     * @param wall      from start to end
     * @param process   processor time of all threads
     * @param threads   processor time of the threads that compile
     * @param cranelift processor time within the native library
     */
    private record Figures(long wall, long process, long threads, long cranelift) {
        static Figures of(int rounds, Supplier<CompileReport.Times> action) {
            long wall = System.nanoTime();
            long process = SYSTEM.getProcessCpuTime();
            long threads = 0;
            long cranelift = 0;
            for (int i = 0; i < rounds; i++) {
                CompileReport.Times times = action.get();
                threads += times.all();
                cranelift += times.cranelift();
            }
            return new Figures((System.nanoTime() - wall) / rounds,
                    (SYSTEM.getProcessCpuTime() - process) / rounds, threads / rounds,
                    cranelift / rounds);
        }

        /** What is left of the process's time: the JVM's compilers and its collector. */
        long jvmPercent() {
            return 100 * (process - threads) / process;
        }

        void print(PrintStream out, String name) {
            out.printf("%s %d ms%n", name, wall / 1_000_000);
            out.printf("%s.cores %.2f busy%n", name, (double) process / wall);
            out.printf("%s.cranelift %d ms of the compiling threads' %d ms%n", name,
                    cranelift / 1_000_000, threads / 1_000_000);
            out.printf("%s.cranelift.share %d %% of the compiling threads' time%n", name,
                    100 * cranelift / threads);
            out.printf("%s.cranelift.strict %d %% of the %d ms of the process, with the JVM's "
                    + "compilers and collector%n", name, 100 * cranelift / process,
                    process / 1_000_000);
        }
    }

    /** Compiles both as the system's build does, without what an earlier build has left. */
    static CompileReport.Times compileSystem() {
        return compile(KERNEL, null, true);
    }

    private static CompileReport.Times compile(List<Path> kernel, Path cache, boolean compact) {
        long cranelift = 0;
        long all = 0;
        CompileRequest.Builder[] requests = {
            SystemCompiler.loader(LOADER).cache(beside(cache, ".0")),
            SystemCompiler.kernel(kernel).cache(beside(cache, ".1")),
        };
        for (CompileRequest.Builder request : requests) {
            request.clock(THREADS::getCurrentThreadCpuTime).compact(compact);
            switch (Compiler.compile(request.build())) {
                case CompileResult.Refused refused ->
                        throw new IllegalStateException(refused.toString());
                case CompileResult.Compiled compiled -> {
                    cranelift += compiled.report().times().cranelift();
                    all += compiled.report().times().all();
                }
            }
        }
        return new CompileReport.Times(cranelift, all);
    }

    /** One file a program: a cache keeps what its last program used. */
    private static Path beside(Path cache, String suffix) {
        return cache == null ? null : cache.resolveSibling(cache.getFileName() + suffix);
    }

    private static Path classes(String module) {
        return Repository.ROOT.resolve(module).resolve("target/classes");
    }

    private static List<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP).toList();
    }

    private static void resetPeaks() {
        System.gc();
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peakHeap() {
        return heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    }

    /** A folder with one class of the kernel, one of whose methods does something more. */
    private static Path changedClass(Path folder) throws IOException {
        for (Path root : KERNEL) {
            Path file = root.resolve(CHANGED + ".class");
            if (Files.exists(file)) {
                var method = new Object() { boolean isChanged; };
                byte[] bytes = ClassFile.of().transformClass(ClassFile.of().parse(file),
                        ClassTransform.transformingMethodBodies(model -> {
                            boolean isFirst = !method.isChanged
                                    && model.methodName().equalsString("allocate");
                            method.isChanged |= isFirst;
                            return isFirst;
                        }, CodeTransform.ofStateful(FenceFirst::new)));
                Path copy = folder.resolve(CHANGED + ".class");
                Files.createDirectories(copy.getParent());
                Files.write(copy, bytes);
                return folder;
            }
        }
        throw new IllegalStateException(CHANGED + " is nowhere");
    }

    private static final class FenceFirst implements CodeTransform {
        @Override
        public void atStart(CodeBuilder code) {
            code.invokestatic(ClassDesc.of("k23.sdk.riscv.Hart"), "fence",
                    ConstantDescs.MTD_void);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }
}
