package k23.tests.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import k23.tests.support.Command;
import k23.tests.support.RealPrograms;
import k23.tests.support.Repository;

/** How large what comes out is, and how long each step of a build takes. */
final class BuildBench {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private BuildBench() {}

    static void printSizes(PrintStream out, Path image) throws IOException {
        byte[] bytes = Files.readAllBytes(image);
        printSize(out, "image.default", bytes.length);
        printSize(out, "image.default.gzip", gzip(bytes));
        Path system = Repository.ROOT.resolve("toolchain/cli/target/classes/system");
        for (String name : List.of("loader.elf", "kernel.elf")) {
            out.printf("image.%s %d bytes%n", name, Files.size(system.resolve(name)));
        }
    }

    private static void printSize(PrintStream out, String name, int bytes) {
        out.printf("%s %d bytes%n", name, bytes);
        out.printf("%s %.2f x 300 KiB%n", name, bytes / (300.0 * 1024));
    }

    private static int gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.size();
    }

    static void printTimes(PrintStream out) throws IOException {
        print(out, "build.system.cold", CompilerBench::compileSystem);
        CompilerBench.print(out);
        Path elf = Files.createTempFile("k23-bench", ".elf");
        Path disk = Files.createTempFile("k23-bench", ".img");
        String program = RealPrograms.minigzip().toString();
        print(out, "build.minigzip.aot", () -> k23("compile", "-o", elf.toString(), program));
        print(out, "build.minigzip.image", () -> k23("image", "-o", disk.toString(), program));
        Files.delete(elf);
        Files.delete(disk);
    }

    private static void k23(String... arguments) {
        Command.Result result = Command.k23(arguments).limit(LIMIT).run();
        if (result.status() != 0) {
            throw new IllegalStateException(result.toString());
        }
    }

    private static void print(PrintStream out, String name, Runnable step) {
        long start = System.nanoTime();
        step.run();
        out.printf("%s %d ms%n", name, Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
}
