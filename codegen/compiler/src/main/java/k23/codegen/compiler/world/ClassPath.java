package k23.codegen.compiler.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The folders and jars that hold the program's class files; the first that has a class wins. */
public final class ClassPath implements AutoCloseable {
    private static final String SUFFIX = ".class";

    /** By name, as one walk over all entries finds them: most classes are asked for in vain. */
    private final TreeMap<String, Path> files = new TreeMap<>();
    private final List<FileSystem> archives = new ArrayList<>();

    /**
     * Opens the entries.
     *
     * @throws UncheckedIOException when an entry does not exist or is no zip file
     */
    public ClassPath(List<Path> entries) {
        try {
            for (Path entry : entries) {
                if (Files.isDirectory(entry)) {
                    addAll(entry, "");
                } else {
                    FileSystem archive = FileSystems.newFileSystem(entry);
                    archives.add(archive);
                    addAll(archive.getPath("/"), "");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addAll(Path folder, String prefix) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                // A look at each file would cost more than the names of all.
                if (name.endsWith(SUFFIX)) {
                    files.putIfAbsent(prefix + name.substring(0, name.length() - SUFFIX.length()),
                            entry);
                } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    addAll(entry, prefix + name.replace("/", "") + "/");
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** The bytes of the class with this internal name, or null. */
    public byte[] bytes(String name) {
        Path file = files.get(name);
        try {
            return file == null ? null : Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The internal names of all classes, sorted. */
    public List<String> classes() {
        return files.keySet().stream().filter(name -> !name.endsWith("module-info")
                && !name.endsWith("package-info") && !name.startsWith("META-INF/")).toList();
    }

    /** The bytes of a class that comes with the compiler (SDK, run-time support), or null. */
    static byte[] ownBytes(String name) {
        try (InputStream in = ClassPath.class.getClassLoader()
                .getResourceAsStream(name + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of a class of the JDK, or null. */
    static byte[] libraryBytes(String name) {
        try (InputStream in = ClassLoader.getPlatformClassLoader()
                .getResourceAsStream(name + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            for (FileSystem archive : archives) {
                archive.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
