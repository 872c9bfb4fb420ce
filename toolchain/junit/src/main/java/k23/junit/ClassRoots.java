package k23.junit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The folders and jars of a test's class path that its payload can need. */
final class ClassRoots {
    private final ClassLoader loader;
    private final Set<Path> roots = new LinkedHashSet<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private final Deque<byte[]> unread = new ArrayDeque<>();

    private ClassRoots(ClassLoader loader) {
        this.loader = loader;
    }

    /** Where everything lies that {@code entry} and, over several steps, its classes name. */
    static List<Path> of(Class<?> owner, byte[] entry) {
        var roots = new ClassRoots(owner.getClassLoader());
        roots.unread.add(entry);
        try {
            while (!roots.unread.isEmpty()) {
                roots.read(roots.unread.remove());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(roots.roots);
    }

    private void read(byte[] classFile) throws IOException {
        for (var constant : ClassFile.of().parse(classFile).constantPool()) {
            if (constant instanceof ClassEntry type) {
                find(type.asInternalName());
            }
        }
    }

    private void find(String name) throws IOException {
        if (name.startsWith("[") || name.startsWith("java/") || name.startsWith("org/junit/")
                || !seen.add(name)) {
            return;
        }
        String file = name + ".class";
        URL url = loader.getResource(file);
        if (url != null) {
            try (InputStream in = url.openStream()) {
                unread.add(in.readAllBytes());
            }
            roots.add(root(url, file));
        }
    }

    private static Path root(URL url, String file) throws IOException {
        if (url.openConnection() instanceof JarURLConnection jar) {
            return Path.of(URI.create(jar.getJarFileURL().toString()));
        }
        String path = Path.of(URI.create(url.toString())).toString();
        return Path.of(path.substring(0, path.length() - file.length() - File.separator.length()));
    }
}
