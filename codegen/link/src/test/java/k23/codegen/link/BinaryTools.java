package k23.codegen.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** GNU binutils for RISC-V, as the oracle of what the linker writes. */
final class BinaryTools {
    private static final String PREFIX = "riscv64-linux-gnu-";

    private BinaryTools() { }

    /** Runs a tool on a file; anything on its error output is a failure. */
    static String run(Path file, String tool, String... options)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(PREFIX + tool));
        command.addAll(List.of(options));
        command.add(file.toString());
        Path errors = Files.createTempFile("k23-tool", ".err");
        Process process;
        try {
            process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        } catch (IOException e) {
            throw new IOException("these tests need " + PREFIX + tool
                    + " (Debian: apt-get install binutils-riscv64-linux-gnu)", e);
        }
        String output = new String(process.getInputStream().readAllBytes());
        int status = process.waitFor();
        String complaints = Files.readString(errors);
        Files.delete(errors);
        if (status != 0 || !complaints.isEmpty() || output.contains("Warning")) {
            throw new AssertionError(command + " ended with " + status + ": " + complaints
                    + "\n" + output);
        }
        return output;
    }
}
