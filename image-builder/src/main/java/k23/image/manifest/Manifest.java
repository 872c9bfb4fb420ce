package k23.image.manifest;

import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import k23.image.container.Compression;

/**
 * A manifest, checked. Paths of the host are resolved against the manifest's folder.
 *
 * @param payload what the loader starts
 * @param programs what the kernel runs, in order
 * @param files guest path to host file
 * @param memoryMib the machine's memory in MiB
 * @param harts the machine's harts
 * @param compression how the image's sections are stored
 * @param key the key that signs (or, for an image that is signed elsewhere, its public half); null
 *     for the user's development key
 * @param trusted further keys that the image's loader accepts, such as the next one of a rotation
 * @param rollbackIndex the image's index: a loader refuses what is older than its own
 * @param bootArguments one line for the payload
 * @param log the least level of the kernel's log
 * @param policy what must hold of the image
 */
public record Manifest(
        Payload payload, List<Program> programs, SequencedMap<String, Path> files, int memoryMib,
        int harts, Compression compression, Path key, List<Path> trusted, long rollbackIndex,
        String bootArguments, LogLevel log, Policy policy) {
    /** Memory when the manifest names none. */
    public static final int DEFAULT_MEMORY_MIB = 256;

    /** What the loader starts. */
    public sealed interface Payload {
        /** The kernel that comes with k23. */
        record Kernel() implements Payload {}

        /**
         * An ELF file.
         *
         * @param elf where it is
         */
        record Elf(Path elf) implements Payload {}

        /**
         * Java source that is compiled for it.
         *
         * @param source the file, with an {@code @Entry} method
         */
        record Source(Path source) implements Payload {}

        /**
         * Class files that are compiled for it.
         *
         * @param classes a folder or a jar
         * @param entry the name of the class with the {@code @Entry} method
         */
        record Classes(Path classes, String entry) implements Payload {}
    }

    /**
     * A program.
     *
     * @param name its argument 0, and what messages call it
     * @param wasm its module
     * @param arguments its arguments behind argument 0
     * @param environment {@code NAME=VALUE}
     * @param preopens directories of the image that it may use
     * @param sha256 the digest that the module must have, in hexadecimal; null for any
     * @param place where the manifest names it
     */
    public record Program(
            String name, Path wasm, List<String> arguments, List<String> environment,
            List<String> preopens, String sha256, String place) {}

    /** Levels of the kernel's log, the chattiest first. */
    public enum LogLevel {
        /** Everything. */
        DEBUG,
        /** The normal course of things, too. */
        INFO,
        /** What needs attention, and what failed. */
        WARN,
        /** What failed. */
        ERROR
    }
}
