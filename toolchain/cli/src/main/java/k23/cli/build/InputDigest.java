package k23.cli.build;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;
import java.util.stream.Stream;
import k23.cli.host.HostFiles;
import k23.codegen.cranelift.Cranelift;

/**
 * A digest of everything that a result is made of, its name in a cache. Pieces are framed by their
 * lengths, so that no two sequences of pieces look alike.
 */
final class InputDigest {
    private final MessageDigest sha;

    private InputDigest(MessageDigest sha) {
        this.sha = sha;
    }

    /** A digest that starts with the tools: this project's class files, the Cranelift library. */
    static InputDigest ofTools() {
        try {
            var digest = new InputDigest(MessageDigest.getInstance("SHA-256"));
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                var path = Path.of(entry);
                if (path.getFileName() != null && isOurs(path)) {
                    digest.addTree(path);
                }
            }
            return digest.add(Cranelift.locate().toString());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOurs(Path path) {
        return path.getFileName().toString().startsWith("k23-") || Files.isDirectory(path);
    }

    /** Adds a file, or all files of a folder with their names. */
    InputDigest addTree(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : new TreeSet<>(files.filter(Files::isRegularFile).toList())) {
                add(path.relativize(file).toString()).add(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            add("absent"); // an entry of the class path that is not there holds nothing
        }
        return this;
    }

    InputDigest add(byte[] bytes) {
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
        sha.update(bytes);
        return this;
    }

    InputDigest add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    InputDigest addFile(Path file) {
        return add(HostFiles.read(file));
    }

    /** The digest's 64 hexadecimal digits; nothing can be added any more. */
    String name() {
        return HexFormat.of().formatHex(sha.digest());
    }
}
