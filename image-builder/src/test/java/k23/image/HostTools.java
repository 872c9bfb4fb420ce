package k23.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Other people's programs as oracles. A missing one aborts the test and says what installs it. */
public final class HostTools {
    private static final long TIMEOUT_SECONDS = 60;

    private HostTools() {}

    /** What a program said, and its exit status. */
    public record Outcome(int status, String output) {}

    /** Aborts the test unless {@code program} is there. */
    public static void need(String program, String debianPackage) {
        for (String directory : (System.getenv("PATH") + ":/sbin:/usr/sbin").split(":")) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return;
            }
        }
        Assumptions.abort(program + " is missing: apt-get install " + debianPackage);
    }

    /** Runs a command to its end. */
    public static Outcome run(List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().merge("PATH", "/sbin:/usr/sbin", (a, b) -> a + ":" + b);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        var process = builder.start();
        var reader = new StringBuilder();
        var thread = Thread.startVirtualThread(() -> {
            try (var in = process.inputReader(StandardCharsets.ISO_8859_1)) {
                in.lines().forEach(line -> reader.append(line).append('\n'));
            } catch (IOException e) {
                reader.append(e);
            }
        });
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            thread.join();
            throw new AssertionError("no end within " + TIMEOUT_SECONDS + " s: " + reader);
        }
        thread.join();
        return new Outcome(process.exitValue(), reader.toString());
    }
}
