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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import k23.codegen.compiler.CompileRequest;
import k23.codegen.compiler.CompileResult;
import k23.codegen.compiler.Compiler;

/** Where the time of compiling loader and kernel goes, in a JVM that has done it before. */
final class CompilerBench {
    private static final int WARM_UP = 12;
    private static final int RUNS = 6;
    private static final String CHANGED = "k23/kernel/memory/Frames";

    private CompilerBench() {}

    static void print(PrintStream out, List<Path> classes) throws IOException {
        Path folder = Files.createTempDirectory("k23-bench");
        Path cache = folder.resolve("functions");
        for (int i = 0; i < WARM_UP; i++) {
            compile(classes, null);
            compile(classes, cache);
        }
        resetPeaks();
        long all = processorTime(() -> compile(classes, null));
        out.printf("build.system.heap %d MiB at most%n", peakHeap() >> 20);
        long without = processorTime(() -> compile(classes, cache));
        out.printf("build.system.cranelift %d %% of the processor time%n",
                100 - 100 * without / all);
        List<Path> changed = new ArrayList<>(classes);
        changed.addFirst(changedClass(classes, folder.resolve("classes")));
        long start = System.nanoTime();
        compile(changed, cache);
        out.printf("build.system.one-method %d ms%n",
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private static void compile(List<Path> classes, Path cache) {
        for (CompileRequest.Builder request : List.of(
                CompileRequest.builder(classes).entrySymbol("k23_loader_start"),
                CompileRequest.builder(classes).entryClass("k23.runtime.K23"))) {
            // One file a program: a cache keeps what its last program used.
            request.cache(cache == null ? null : cache.resolveSibling(
                    cache.getFileName() + (request.build().entryClass() == null ? ".0" : ".1")));
            if (Compiler.compile(request.build()) instanceof CompileResult.Refused refused) {
                throw new IllegalStateException(refused.toString());
            }
        }
    }

    private static long processorTime(Runnable action) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long start = system.getProcessCpuTime();
        for (int i = 0; i < RUNS; i++) {
            action.run();
        }
        return system.getProcessCpuTime() - start;
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
    private static Path changedClass(List<Path> classes, Path folder) throws IOException {
        for (Path root : classes) {
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
