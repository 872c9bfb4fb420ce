package k23.cli.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import k23.cli.host.HostFiles;
import k23.image.manifest.Manifest;
import k23.image.manifest.Manifest.Payload;

/**
 * Signed images by the digest of what they were made of, so that a run with nothing changed starts
 * at once. The images that were used last are kept; the folder can be deleted at any time.
 *
 * @param folder where; it need not exist
 */
public record ImageCache(Path folder) {
    private static final int KEPT = 16;

    /**
     * The image of a manifest.
     *
     * @param manifest what goes in
     * @param java how the payload is compiled if it is Java
     * @param key the file of the key that signs
     * @param make makes the image's bytes when they are not here
     */
    public Path image(Manifest manifest, JavaOptions java, Path key, Supplier<byte[]> make) {
        var file = folder.resolve(digest(manifest, java, key) + ".img");
        if (!touch(file)) {
            HostFiles.write(file, make.get());
            forgetOldest();
        }
        return file;
    }

    private static String digest(Manifest manifest, JavaOptions java, Path key) {
        var digest = InputDigest.ofTools().add(manifest.toString()).add(java.toString())
                .addFile(key);
        manifest.trusted().forEach(digest::addFile);
        manifest.policy().signers().forEach(digest::addFile);
        manifest.programs().forEach(program -> digest.addFile(program.wasm()));
        manifest.files().values().forEach(digest::addFile);
        switch (manifest.payload()) {
            case Payload.Kernel() -> digest.add("kernel");
            case Payload.Elf(var elf) -> digest.addFile(elf);
            case Payload.Source(var source) -> digest.addFile(source);
            case Payload.Classes(var classes, var entry) -> digest.addTree(classes);
        }
        return digest.name();
    }

    private static boolean touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void forgetOldest() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> images = files
                    .filter(file -> file.toString().endsWith(".img"))
                    .sorted(Comparator.comparing(ImageCache::lastUse).reversed())
                    .toList();
            for (Path old : images.subList(Math.min(KEPT, images.size()), images.size())) {
                Files.deleteIfExists(old);
            }
        } catch (IOException e) {
            // a cache that stays too large is no reason to fail
        }
    }

    private static FileTime lastUse(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return FileTime.fromMillis(0); // another k23 has just forgotten it
        }
    }
}
