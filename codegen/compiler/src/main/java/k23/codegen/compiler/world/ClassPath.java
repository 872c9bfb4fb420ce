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
import java.util.TreeSet;
import java.util.stream.Stream;

/** The folders and jars that hold the program's class files; the first that has a class wins. */
public final class ClassPath implements AutoCloseable {
    private final List<Path> roots = new ArrayList<>();
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
                    roots.add(entry);
                } else {
                    FileSystem archive = FileSystems.newFileSystem(entry);
                    archives.add(archive);
                    roots.add(archive.getPath("/"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of the class with this internal name, or null. */
    public byte[] bytes(String name) {
        return resource(name + ".class");
    }

    private byte[] resource(String name) {
        try {
            for (Path root : roots) {
                Path file = root.resolve(name);
                if (Files.isRegularFile(file)) {
                    return Files.readAllBytes(file);
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The internal names of all classes, sorted. */
    public List<String> classes() {
        TreeSet<String> names = new TreeSet<>();
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                files.map(file -> root.relativize(file).toString().replace('\\', '/'))
                        .filter(name -> name.endsWith(".class")
                                && !name.endsWith("module-info.class")
                                && !name.endsWith("package-info.class")
                                && !name.startsWith("META-INF/"))
                        .forEach(name -> names.add(name.substring(0, name.length() - 6)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(names);
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
