package k23.cli.debug;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import k23.cli.CommandException;
import k23.cli.ExitStatus;

/** Where the loader enters the payload. */
final class EntryAddress {
    private static final Pattern ENTERED =
            Pattern.compile("loader: entering payload at 0x([0-9a-f]{1,16})\\b");
    private static final long LIMIT_SECONDS = 60;

    private EntryAddress() {}

    /**
     * Boots a machine as far as the payload.
     *
     * @param command QEMU's, with a seed so that the next machine does the same
     * @throws CommandException K23-5018 if it does not come so far
     */
    static long of(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            var watchdog = process.onExit().orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(late -> process.destroyForcibly());
            String last = "nothing";
            try (var lines = new BufferedReader(new InputStreamReader(
                    process.getInputStream(), StandardCharsets.ISO_8859_1))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    var entered = ENTERED.matcher(line);
                    if (entered.find()) {
                        return Long.parseUnsignedLong(entered.group(1), 16);
                    }
                    last = line.isBlank() ? last : line.strip();
                }
            } finally {
                process.destroyForcibly();
                watchdog.join();
            }
            throw new CommandException(
                    ExitStatus.DATA, "K23-5018",
                    "the loader did not enter the payload; the machine's last line: " + last);
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.UNAVAILABLE, "K23-5003",
                    command.getFirst() + " cannot be started: " + e.getMessage());
        }
    }
}
