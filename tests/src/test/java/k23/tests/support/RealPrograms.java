package k23.tests.support;

import java.nio.file.Files;
import java.nio.file.Path;
import k23.cli.host.UserFolders;

/**
 * Programs that nobody here wrote: {@code make setup} compiles them, unmodified, from the sources
 * of Debian's packages into the cache ({@code toolchain/setup/programs.sh}).
 */
public final class RealPrograms {
    private RealPrograms() {}

    /** zlib's minigzip: standard input to standard output, {@code -d} to unpack. */
    public static Path minigzip() {
        return program("minigzip.wasm");
    }

    /** xxHash's xxhsum: digests of files. */
    public static Path xxhsum() {
        return program("xxhsum.wasm");
    }

    private static Path program(String name) {
        Path program = UserFolders.cache().resolve("programs").resolve(name);
        if (!Files.isRegularFile(program)) {
            throw new IllegalStateException("there is no " + program + ": make setup compiles it");
        }
        return program;
    }
}
