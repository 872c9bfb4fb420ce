package k23.cli.debug;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What gdb is told before its user.
 *
 * @param symbols the payload's ELF file, with DWARF
 * @param base where the ELF file's address 0 lies
 * @param sources folders with sources, or with folders of packages that have them
 * @param stop where to stop first, as gdb writes places
 * @param target the machine, as {@code target remote} takes it
 */
record GdbScript(Path symbols, long base, List<Path> sources, String stop, String target) {
    /** The commands, a line each. */
    List<String> lines() {
        return Stream.of(
                Stream.of("set confirm off", "set architecture riscv:rv64",
                        "exec-file " + quoted(symbols)),
                sources.stream().flatMap(GdbScript::packages)
                        .map(folder -> "directory " + quoted(folder)),
                Stream.of(
                        "add-symbol-file " + quoted(symbols) + " -o 0x" + Long.toHexString(base),
                        "target remote " + target, "tbreak " + stop, "continue"))
                .flatMap(part -> part).toList();
    }

    /** The folders below one that have sources: DWARF names files without their folders. */
    private static Stream<Path> packages(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent).distinct().sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(Path path) {
        return path.toAbsolutePath().toString().replaceAll("[\\\\ \"']", "\\\\$0");
    }
}
