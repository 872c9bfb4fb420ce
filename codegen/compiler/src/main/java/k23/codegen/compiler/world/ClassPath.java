package k23.codegen.compiler.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

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
                    addAll(entry);
                } else {
                    FileSystem archive = FileSystems.newFileSystem(entry);
                    archives.add(archive);
                    addAll(archive.getPath("/"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addAll(Path root) throws IOException {
        int prefix = root.toString().length() + (root.toString().endsWith("/") ? 0 : 1);
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                String name = file.toString();
                if (name.endsWith(SUFFIX)) {
                    files.putIfAbsent(name.substring(prefix, name.length() - SUFFIX.length())
                            .replace('\\', '/'), file);
                }
            }
        } catch (UncheckedIOException e) {
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
