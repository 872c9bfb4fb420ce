package k23.cli.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the command's standard output is. */
public final class StandardOutput {
    private static final Path DESCRIPTOR = Path.of("/proc/self/fd/1");

    private StandardOutput() {}

    /** Whether it is a pipe or a socket: its reader may go away because it has seen enough. */
    public static boolean isPipe() {
        try {
            var target = Files.readSymbolicLink(DESCRIPTOR).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException e) {
            return true; // no such file system here: nobody knows
        }
    }
}
