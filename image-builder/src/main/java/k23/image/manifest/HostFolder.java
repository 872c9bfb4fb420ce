package k23.image.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import k23.image.ImageException;
import k23.image.Limits;

/** A folder of the host whose files go into an image. */
public final class HostFolder {
    private HostFolder() {}

    /**
     * The files in {@code folder} and its folders by their guest paths, sorted. Symbolic links to
     * files are followed, those to folders are not.
     *
     * @param guest the guest's path of the folder
     * @throws ImageException K23-4016 if it cannot be read, or has too many files
     */
    public static SortedMap<String, Path> files(String guest, Path folder) {
        var prefix = guest.equals("/") ? "/" : guest + "/";
        var files = new TreeMap<String, Path>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(file -> {
                var relative = folder.relativize(file).toString().replace('\\', '/');
                files.put(prefix + relative, file);
                if (files.size() > Limits.FILES) {
                    throw new ImageException(
                            "K23-4016", folder.toString(),
                            "the folder has more than " + Limits.FILES + " files");
                }
            });
        } catch (IOException | UncheckedIOException e) {
            throw new ImageException(
                    "K23-4016", folder.toString(), "the folder cannot be read: " + e.getMessage());
        }
        return files;
    }
}
