package k23.tests.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import k23.tests.bare.BarePayload;
import k23.tests.bare.BenchPayload;
import k23.tests.support.Command;
import k23.tests.support.Repository;

/**
 * The dialect's code against gcc's: retired guest instructions of each kernel, counted by the
 * machine itself, one hart, deterministic.
 */
final class CodeBench {
    private static final Pattern LINE = Pattern.compile("kernel (\\w+) 0x(\\w+) 0x(\\w+)");
    private static final String[] DETERMINISTIC = {"-icount", "shift=0,sleep=off"};

    private record Run(long instructions, long checksum) {}

    private CodeBench() {}

    static void print(PrintStream out) throws IOException {
        Map<String, Run> java = parse(BarePayload.run(
                BarePayload.compile(BenchPayload.START, false), DETERMINISTIC));
        Map<String, Run> c = parse(BarePayload.boot(compileC(), DETERMINISTIC));
        double logarithms = 0;
        for (Map.Entry<String, Run> entry : java.entrySet()) {
            Run ours = entry.getValue();
            Run theirs = c.get(entry.getKey());
            if (theirs == null || theirs.checksum != ours.checksum) {
                throw new IllegalStateException("kernel " + entry.getKey()
                        + " gives another checksum in C: " + ours + ", " + theirs);
            }
            double ratio = (double) ours.instructions / theirs.instructions;
            logarithms += Math.log(ratio);
            out.printf("codegen.%s %.2f x gcc -O2 (%d instructions)%n", entry.getKey(), ratio,
                    ours.instructions);
        }
        out.printf("codegen.geomean %.2f x gcc -O2%n", Math.exp(logarithms / java.size()));
    }

    private static Map<String, Run> parse(String console) {
        Map<String, Run> result = new LinkedHashMap<>();
        Matcher matcher = LINE.matcher(console);
        while (matcher.find()) {
            result.put(matcher.group(1), new Run(Long.parseUnsignedLong(matcher.group(2), 16),
                    Long.parseUnsignedLong(matcher.group(3), 16)));
        }
        if (result.isEmpty()) {
            throw new IllegalStateException("no kernel ran:\n" + console);
        }
        return result;
    }

    private static Path compileC() throws IOException {
        Path sources = Repository.ROOT.resolve("tests/src/test/c");
        Path output = Files.createDirectories(Repository.ROOT.resolve("tests/target/bench"))
                .resolve("kernels.elf");
        Command.Result result = Command.of("riscv64-linux-gnu-gcc", "-O2", "-march=rv64gc",
                "-mcmodel=medany", "-ffreestanding", "-nostdlib", "-static", "-fno-pic", "-no-pie",
                "-Wl,--no-warn-rwx-segments", "-Wl,--build-id=none",
                "-Wl,-T," + sources.resolve("bare.ld"), "-o", output.toString(),
                sources.resolve("kernels.c").toString()).limit(Duration.ofMinutes(1)).run();
        if (result.status() != 0) {
            throw new IllegalStateException("gcc for riscv64 failed; make setup installs it:\n"
                    + result);
        }
        return output;
    }
}
