package k23.cli.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import k23.cli.CommandException;
import k23.cli.ExitStatus;

/** A folder that is gone when it has been closed, or when Ctrl-C has ended the command. */
public final class TemporaryFolder implements AutoCloseable {
    private final Path path;
    private final Thread atExit = new Thread(this::delete, "delete temporary files");

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes one.
     *
     * @param name how its name begins
     * @throws CommandException K23-5006 if none can be made
     */
    public static TemporaryFolder named(String name) {
        try {
            var folder = new TemporaryFolder(Files.createTempDirectory(name));
            Runtime.getRuntime().addShutdownHook(folder.atExit);
            return folder;
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.CANNOT_CREATE, "K23-5006",
                    "no temporary folder can be made: " + e.getMessage());
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the command is ending: the hook finds nothing to do
        }
    }

    private void delete() {
        List<Path> files = List.of();
        try (Stream<Path> all = Files.walk(path)) {
            files = all.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException e) {
            // there is none any more
        }
        for (Path file : files) {
            if (!file.toFile().delete()) {
                return; // somebody still writes there: what is left is small, and temporary
            }
        }
    }
}
