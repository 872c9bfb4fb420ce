package k23.tests.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of a command: arguments, standard input and a time limit, after which the process and
 * all that it started is killed.
 */
public final class Command {
    /**
     * What a command left behind.
     *
     * @param status the exit status; -1 when the time limit ended it
     * @param output the bytes of its standard output
     * @param errors its standard error, as UTF-8
     */
    public record Result(int status, byte[] output, String errors) {
        /** The standard output as UTF-8. */
        public String text() {
            return new String(output, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "exit " + status + "\n--- stdout\n" + text() + "\n--- stderr\n" + errors;
        }
    }

    private final List<String> words = new ArrayList<>();
    private byte[] input = {};
    private Duration limit = Duration.ofSeconds(60);

    private Command(List<String> words) {
        this.words.addAll(words);
    }

    /** The command of these words, run in the repository's root. */
    public static Command of(String... words) {
        return new Command(List.of(words));
    }

    /** The {@code k23} command of this checkout. */
    public static Command k23(String... arguments) {
        Command command = of(Repository.ROOT.resolve("k23").toString());
        command.words.addAll(List.of(arguments));
        return command;
    }

    /** Appends arguments. */
    public Command with(String... arguments) {
        words.addAll(List.of(arguments));
        return this;
    }

    /** Sets the standard input; without it, it is empty. */
    public Command input(byte[] bytes) {
        input = bytes.clone();
        return this;
    }

    /** Sets the time limit; without it, it is one minute. */
    public Command limit(Duration duration) {
        limit = duration;
        return this;
    }

    /** Runs the command to its end. */
    public Result run() {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(Repository.ROOT.toFile());
        try {
            Process process = builder.start();
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            ByteArrayOutputStream errors = new ByteArrayOutputStream();
            Thread out = Thread.ofVirtual().start(() -> drain(process.getInputStream(), output));
            Thread err = Thread.ofVirtual().start(() -> drain(process.getErrorStream(), errors));
            Thread.ofVirtual().start(() -> feed(process.getOutputStream()));
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            out.join();
            err.join();
            return new Result(ended ? process.exitValue() : -1, output.toByteArray(),
                    errors.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void feed(OutputStream stdin) {
        try (stdin) {
            stdin.write(input);
        } catch (IOException _) {
            // A command that ends without reading its input closes the pipe: that is its right.
        }
    }

    private static void drain(InputStream from, ByteArrayOutputStream to) {
        try (from) {
            from.transferTo(to);
        } catch (IOException _) {
            // A killed process closes its pipes; what came until then is kept.
        }
    }
}
