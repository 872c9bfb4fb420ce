package k23.tests.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that the tests run in. */
public final class Repository {
    /** The folder of the top-level {@code pom.xml}. */
    public static final Path ROOT = findRoot();

    private static final List<String> OUTPUT_FOLDERS = List.of("target", ".git");

    private Repository() {}

    private static Path findRoot() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("runtime-src"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("not inside a k23 checkout");
            }
        }
        return folder;
    }

    /** Every file of the sources whose name ends with {@code suffix}, sorted. */
    public static List<Path> sources(String suffix) {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> !isOutput(ROOT.relativize(file)))
                    .sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isOutput(Path relative) {
        for (Path part : relative) {
            if (OUTPUT_FOLDERS.contains(part.toString())) {
                return true;
            }
        }
        return false;
    }
}
