package k23.runtime;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import k23.runtime.module.Failure;
import k23.runtime.module.Features;
import k23.runtime.module.Module;
import k23.runtime.parse.ModuleParser;
import k23.runtime.parse.ParseResult;
import k23.runtime.validate.Validator;

/**
 * How fast modules are parsed and validated on the JVM, one thread, warm, in processor time.
 * Arguments are {@code .wasm} files; one line a figure: name, value, unit.
 */
public final class FrontEndBench {
    private static final int ROUNDS = 7;
    private static final long ROUND_NANOS = 400_000_000L;
    /** Processor time, so that others on the machine do not count. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BYTES_PER_MB = 1e6;

    private FrontEndBench() {}

    /** Runs the benchmark on each file. */
    public static void main(String[] files) throws IOException {
        for (String file : files) {
            byte[] bytes = Files.readAllBytes(Path.of(file));
            String name = Path.of(file).getFileName().toString();
            Module module = parsed(bytes);
            int code = 0;
            for (int i = module.importedFunctionCount(); i < module.functionCount(); i++) {
                code += module.body(i).end() - module.body(i).start();
            }
            report("front end, " + name, rate(bytes.length, () -> whole(bytes)));
            report("validation of code, " + name, rate(code, () -> validate(module)));
        }
    }

    private static void report(String name, double value) {
        System.out.printf("%s %.0f MB/s%n", name, value);
    }

    private static Module parsed(byte[] bytes) {
        ParseResult result = ModuleParser.parse(bytes, 0, bytes.length, Features.CORE_2);
        require(result.failure());
        return result.module();
    }

    private static void whole(byte[] bytes) {
        validate(parsed(bytes));
    }

    private static void validate(Module module) {
        require(Validator.validate(module));
    }

    private static void require(Failure failure) {
        if (failure.isError()) {
            throw new IllegalStateException(failure.message() + " at " + failure.offset());
        }
    }

    /** The best round's rate: the first ones are not compiled yet. */
    private static double rate(int bytes, Runnable work) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = CPU.getCurrentThreadCpuTime();
            long end = start;
            long done = 0;
            while (end - start < ROUND_NANOS) {
                work.run();
                done += bytes;
                end = CPU.getCurrentThreadCpuTime();
            }
            best = Math.max(best, done * NANOS_PER_SECOND / (end - start) / BYTES_PER_MB);
        }
        return best;
    }
}
