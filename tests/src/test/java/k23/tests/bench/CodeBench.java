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
import k23.tests.bare.VerifyPayload;
import k23.tests.support.Command;
import k23.tests.support.Repository;

/**
 * The dialect's code, and that of WASM programs, against gcc's: retired guest instructions of each
 * kernel, counted by the machine itself, one hart, deterministic.
 */
final class CodeBench {
    private static final Pattern LINE = Pattern.compile("kernel (\\w+) 0x(\\w+) 0x(\\w+)");
    private static final String[] DETERMINISTIC = {"-icount", "shift=0,sleep=off"};

    private record Run(long instructions, long checksum) {}

    private CodeBench() {}

    static void print(PrintStream out) throws IOException {
        Map<String, Run> java = parse(BarePayload.run(
                BarePayload.compile(BenchPayload.START, false), DETERMINISTIC));
        Map<String, Run> c = parse(BarePayload.boot(compileC("kernels"), DETERMINISTIC));
        compare(out, "codegen", java, c);
        compare(out, "loader", parse(BarePayload.run(BarePayload.compile(VerifyPayload.START,
                false, Repository.ROOT.resolve("loader-templates/target/classes")),
                DETERMINISTIC)), parse(BarePayload.boot(compileC("verify"), DETERMINISTIC)));
        Map<String, Run> wasm = parse(BarePayload.boot(compileWasm(), DETERMINISTIC));
        compare(out, "wasm", wasm, c);
    }

    private static void compare(PrintStream out, String group, Map<String, Run> our,
            Map<String, Run> c) {
        double logarithms = 0;
        long total = 0;
        long theirTotal = 0;
        for (Map.Entry<String, Run> entry : our.entrySet()) {
            Run ours = entry.getValue();
            Run theirs = c.get(entry.getKey());
            if (theirs == null || theirs.checksum != ours.checksum) {
                throw new IllegalStateException("kernel " + entry.getKey()
                        + " gives another checksum in C: " + ours + ", " + theirs);
            }
            double ratio = (double) ours.instructions / theirs.instructions;
            logarithms += Math.log(ratio);
            total += ours.instructions;
            theirTotal += theirs.instructions;
            out.printf("%s.%s %.2f x gcc -O2 (%d instructions)%n", group, entry.getKey(), ratio,
                    ours.instructions);
        }
        out.printf("%s.geomean %.2f x gcc -O2%n", group, Math.exp(logarithms / our.size()));
        out.printf("%s.total %.2f x gcc -O2%n", group, (double) total / theirTotal);
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

    /** The C kernels as a WASM program in an image of its own. */
    private static Path compileWasm() throws IOException {
        Path folder = Files.createDirectories(Repository.ROOT.resolve("tests/target/bench"));
        Path image = folder.resolve("kernels.img");
        check("clang-14 for wasm32-wasi", Command.of("clang-14", "--target=wasm32-wasi",
                "--sysroot=/usr", "-O2", "-ffp-contract=off", "-fno-math-errno", "-o",
                folder.resolve("kernels.wasm").toString(),
                Repository.ROOT.resolve("tests/src/test/c/kernels.c").toString())
                .limit(Duration.ofMinutes(1)).run());
        check("k23 image", Command.k23("image", folder.resolve("kernels.wasm").toString(), "-o",
                image.toString()).limit(Duration.ofMinutes(1)).run());
        return image;
    }

    private static void check(String what, Command.Result result) {
        if (result.status() != 0) {
            throw new IllegalStateException(what + " failed; make setup installs what it needs:\n"
                    + result);
        }
    }

    private static Path compileC(String name) throws IOException {
        Path sources = Repository.ROOT.resolve("tests/src/test/c");
        Path output = Files.createDirectories(Repository.ROOT.resolve("tests/target/bench"))
                .resolve(name + ".elf");
        Command.Result result = Command.of("riscv64-linux-gnu-gcc", "-O2", "-march=rv64gc",
                "-mcmodel=medany", "-ffp-contract=off", "-fno-math-errno", "-ffreestanding",
                "-nostdlib", "-static", "-fno-pic", "-no-pie",
                "-Wl,--no-warn-rwx-segments", "-Wl,--build-id=none",
                "-Wl,-T," + sources.resolve("bare.ld"), "-o", output.toString(),
                sources.resolve(name + ".c").toString()).limit(Duration.ofMinutes(1)).run();
        check("gcc for riscv64", result);
        return output;
    }
}
