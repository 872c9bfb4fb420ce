package k23.codegen.wasm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The test harness {@code src/test/c/harness.c}, which runs compiled programs under
 * {@code qemu-riscv64}; compiled when it is first used.
 */
final class Harness {
    private static final int TIMEOUT_SECONDS = 120;
    private static Path binary;

    /**
     * What a run gave.
     *
     * @param status exit status
     * @param output standard output
     * @param errors standard error
     */
    record Run(int status, String output, String errors) {}

    private Harness() {}

    /** Runs a program with arguments behind its own name. */
    static Run program(byte[] elf, byte[] input, String... arguments) throws IOException {
        return run("run", elf, input, arguments);
    }

    /** Gives the answers of a script of calls, one line each. */
    static List<String> calls(byte[] elf, List<String> script) throws IOException {
        byte[] input = (String.join("\n", script) + "\n").getBytes(StandardCharsets.UTF_8);
        Run run = run("calls", elf, input);
        List<String> answers = run.output().lines().toList();
        if (run.status() != 0 || answers.size() != script.size()) {
            throw new AssertionError("harness: status " + run.status() + ", " + answers.size()
                    + " answers of " + script.size() + ": " + run.errors());
        }
        return answers;
    }

    private static Run run(String mode, byte[] elf, byte[] input, String... arguments)
            throws IOException {
        Path folder = Files.createTempDirectory("k23-harness");
        try {
            Path file = folder.resolve("program.elf");
            Files.write(file, elf);
            Path in = folder.resolve("in");
            Files.write(in, input);
            Path out = folder.resolve("out");
            Path errors = folder.resolve("errors");
            var command = new ArrayList<>(List.of("qemu-riscv64", binary().toString(), mode,
                    file.toString()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command).redirectInput(in.toFile())
                    .redirectOutput(out.toFile()).redirectError(errors.toFile()).start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the harness ran over " + TIMEOUT_SECONDS + " s");
            }
            return new Run(process.exitValue(),
                    Files.readString(out, StandardCharsets.ISO_8859_1),
                    Files.readString(errors, StandardCharsets.ISO_8859_1));
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static synchronized Path binary() throws IOException, InterruptedException {
        if (binary == null) {
            Path made = Files.createTempFile("k23-harness", "");
            made.toFile().deleteOnExit();
            var process = new ProcessBuilder("riscv64-linux-gnu-gcc", "-O1", "-static",
                    "-Wl,-Ttext-segment=0x40000000", "-o", made.toString(),
                    Path.of("src/test/c/harness.c").toAbsolutePath().toString())
                    .redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(),
                    StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("the harness does not compile: " + output);
            }
            binary = made;
        }
        return binary;
    }
}
