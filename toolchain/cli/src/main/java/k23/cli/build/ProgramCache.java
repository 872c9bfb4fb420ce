package k23.cli.build;

import java.io.File;
import java.io.IOException;
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
import k23.codegen.wasm.WasmCompiler;
import k23.codegen.wasm.WasmOptions;

/**
 * WASM programs compiled ahead of time, kept by the digest of what they were made of: the module,
 * its name, and the compiler itself. The folder can be deleted at any time.
 */
public final class ProgramCache {
    private static final int VERSION = 1;

    private final Path folder;
    private byte[] compilerDigest;

    /** A cache in {@code folder}, which need not exist. */
    public ProgramCache(Path folder) {
        this.folder = folder;
    }

    /**
     * The program's ELF file.
     *
     * @param wasm the module
     * @param name what messages and backtraces call it
     * @throws k23.codegen.wasm.WasmException if the module is not a program for this system
     */
    public byte[] compile(byte[] wasm, String name) {
        var file = folder.resolve(key(wasm, name) + ".elf");
        if (Files.isRegularFile(file)) {
            return HostFiles.read(file);
        }
        byte[] elf = WasmCompiler.compile(wasm, name, WasmOptions.standard()).bytes();
        HostFiles.write(file, elf);
        return elf;
    }

    private String key(byte[] wasm, String name) {
        var sha = sha256();
        sha.update((byte) VERSION);
        sha.update(compilerDigest());
        sha.update((name + "\0").getBytes(StandardCharsets.UTF_8));
        sha.update(wasm);
        return HexFormat.of().formatHex(sha.digest());
    }

    /** A digest of the project's own class files, and the name of the Cranelift library. */
    private byte[] compilerDigest() {
        if (compilerDigest == null) {
            var sha = sha256();
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                var path = Path.of(entry);
                if (path.getFileName() != null && isOurs(path)) {
                    update(sha, path);
                }
            }
            sha.update(Cranelift.load().path().toString().getBytes(StandardCharsets.UTF_8));
            compilerDigest = sha.digest();
        }
        return compilerDigest;
    }

    private static boolean isOurs(Path path) {
        return path.getFileName().toString().startsWith("k23-") || Files.isDirectory(path);
    }

    private static void update(MessageDigest sha, Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : new TreeSet<>(files.filter(Files::isRegularFile).toList())) {
                sha.update(Files.readAllBytes(file));
            }
        } catch (IOException e) {
            sha.update((byte) 0); // an entry of the class path that is not there holds nothing
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
