package k23.cli.host;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import k23.cli.CommandException;
import k23.cli.ExitStatus;

/** Reading and writing files that the user named. */
public final class HostFiles {
    private HostFiles() {}

    /**
     * The bytes of a file.
     *
     * @throws CommandException K23-5005 if it cannot be read
     */
    public static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new CommandException(
                    ExitStatus.NO_INPUT, "K23-5005", file + " does not exist");
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.NO_INPUT, "K23-5005", file + " cannot be read: " + reason(e));
        }
    }

    /** The last name of a path; for a root the root itself. */
    public static String name(Path file) {
        return file.getFileName() == null ? file.toString() : file.getFileName().toString();
    }

    /**
     * Checks that an input is there, before anything is done with it.
     *
     * @throws CommandException K23-5005 if it is no file, or cannot be read
     */
    public static void requireFile(Path file) {
        if (Files.isDirectory(file)) {
            throw new CommandException(
                    ExitStatus.NO_INPUT, "K23-5005", file + " is a folder, not a file");
        }
        if (!Files.isReadable(file)) {
            throw new CommandException(
                    ExitStatus.NO_INPUT, "K23-5005", file + " does not exist or cannot be read");
        }
    }

    /**
     * Writes a file, whole or not at all. A link stays one, and so does a device.
     *
     * @throws CommandException K23-5006 if it cannot be written
     */
    public static void write(Path named, byte[] bytes) {
        if (Files.isDirectory(named)) {
            throw new CommandException(
                    ExitStatus.CANNOT_CREATE, "K23-5006",
                    (named.toString().isEmpty() ? "\"\"" : named) + " is a folder: name a file");
        }
        try {
            var file = Files.exists(named) ? named.toRealPath() : named;
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.write(file, bytes);
            } else {
                replace(file, bytes);
            }
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.CANNOT_CREATE, "K23-5006",
                    named + " cannot be written: " + reason(e));
        }
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var partial = Files.createTempFile(folder, "." + file.getFileName(), ".partial");
        try {
            Files.write(partial, bytes);
            readableAsUsual(partial);
            move(partial, file);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** Temporary files are their owner's alone; what replaces them should not be. */
    private static void readableAsUsual(Path file) {
        var asFile = file.toFile();
        if (!asFile.setReadable(true, false)) {
            throw new CommandException(
                    ExitStatus.CANNOT_CREATE, "K23-5006", file + " cannot be made readable");
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Why the operating system refused, in words: the exception may have nothing but the name. */
    public static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
