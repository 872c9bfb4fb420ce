package k23.cli.machine;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The command's standard input on its way to QEMU.
 *
 * <p>A file or a pipe is handed over as it is. A terminal is not: QEMU would make it raw, without
 * echo, line editing or Ctrl-D. There the command reads lines and passes them on.
 */
public enum StandardInput {
    /** The guest gets none. */
    NONE,
    /** QEMU reads it. */
    INHERITED,
    /** The command reads it. */
    PUMPED;

    private static final Path DESCRIPTOR = Path.of("/proc/self/fd/0");
    private static final File NOTHING = new File("/dev/null");
    private static final int CHUNK_BYTES = 8192;

    /** How this process's standard input is handed over. */
    public static StandardInput ofProcess() {
        try {
            var target = Files.readSymbolicLink(DESCRIPTOR).toString();
            boolean terminal = target.startsWith("/dev/pts/") || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
            return terminal ? PUMPED : INHERITED;
        } catch (IOException e) {
            return PUMPED; // no such file system here: reading it ourselves is always right
        }
    }

    ProcessBuilder.Redirect redirect() {
        return switch (this) {
            case NONE -> ProcessBuilder.Redirect.from(NOTHING);
            case INHERITED -> ProcessBuilder.Redirect.INHERIT;
            case PUMPED -> ProcessBuilder.Redirect.PIPE;
        };
    }

    /** Passes input on to {@code process} until its end. */
    void pump(Process process) {
        if (this == PUMPED) {
            Thread.ofPlatform().daemon().name("standard input").start(() -> copyTo(process));
        }
    }

    private static void copyTo(Process process) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (var out = process.getOutputStream()) {
            for (int n = System.in.read(chunk); n >= 0; n = System.in.read(chunk)) {
                out.write(chunk, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // the machine has ended: nobody reads any more
        }
    }
}
