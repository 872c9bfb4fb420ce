package k23.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import k23.cli.build.ImageRecipe;
import k23.cli.build.JavaOptions;
import k23.cli.build.ProgramCache;
import k23.cli.host.HostFiles;
import k23.cli.host.UserFolders;
import k23.image.BootImage;
import k23.image.Limits;
import k23.image.container.Compression;
import k23.image.manifest.GuestPath;
import k23.image.manifest.HostFolder;
import k23.image.manifest.Manifest;
import k23.image.manifest.Manifest.Payload;
import k23.image.manifest.ManifestReader;
import k23.image.manifest.Policy;
import k23.image.sign.SigningKey;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** What {@code run} and {@code image} take alike: the content of an image. */
final class ImageOptions {
    private static final Path MANIFEST = Path.of("k23.yaml");

    @Option(names = "--manifest", paramLabel = "FILE",
            description = "The manifest; k23.yaml when no FILE is named.")
    private Path manifestFile;

    @Option(names = "--memory", paramLabel = "SIZE", converter = Mebibytes.class,
            description = "The machine's memory, such as 256M or 1G.")
    private Integer memoryMib;

    @Option(names = "--harts", paramLabel = "N", description = "The machine's harts.")
    private Integer harts;

    @Option(names = "--file", paramLabel = "GUEST=HOST",
            description = "Put the file HOST into the image as GUEST; can be repeated.")
    private Map<String, Path> files = new LinkedHashMap<>();

    @Option(names = "--dir", paramLabel = "GUEST=HOST",
            description = "Put the files of the folder HOST into the image below GUEST.")
    private Map<String, Path> folders = new LinkedHashMap<>();

    @Option(names = "--compression", paramLabel = "KIND", description = "none, lz4 or zstd.")
    private Compression compression;

    @Option(names = "--key", paramLabel = "FILE",
            description = "The key that signs; a development key of yours when none is named.")
    private Path key;

    @Option(names = "--isa", paramLabel = "ISA",
            description = {
                "The instruction set for payloads in Java and for the kernel; rv64gc, or more,",
                "such as rv64gc_zba_zbb: then it boots only on harts that have it."
            })
    private String isa;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE",
            description = "A .wasm program, a .java or .elf payload; without it, the manifest.")
    private Path file;

    @Parameters(index = "1..*", paramLabel = "ARGUMENT",
            description = "The program's arguments, behind --.")
    private List<String> arguments = List.of();

    /** What the user named, or null. */
    Path file() {
        return file;
    }

    /** Whether there is anything but the name of a finished image. */
    boolean isMoreThanAFile() {
        return manifestFile != null || !files.isEmpty() || !folders.isEmpty()
                || compression != null || key != null || isa != null
                || !arguments.isEmpty();
    }

    /** A machine for a finished image. */
    Manifest machineOnly() {
        return withOptions(manifest(new Payload.Kernel(), List.of()));
    }

    /** The manifest, of a file or made up, with the options over it. */
    Manifest manifest() {
        return withOptions(file == null || manifestFile != null ? named() : implied());
    }

    private Manifest withOptions(Manifest base) {
        var merged = new TreeMap<>(base.files());
        folders.forEach((guest, host) -> {
            if (!GuestPath.isValid(guest) || !Files.isDirectory(host)) {
                throw usage("--dir " + guest + "=" + host
                        + ": an absolute path of the image, =, and a folder");
            }
            merged.putAll(HostFolder.files(guest, host));
        });
        files.forEach((guest, host) -> {
            if (!GuestPath.isValid(guest) || !Files.isReadable(host)) {
                throw usage("--file " + guest + "=" + host
                        + ": an absolute path of the image, =, and a readable file");
            }
            merged.put(guest, host);
        });
        return new Manifest(
                base.payload(), base.programs(), merged,
                memoryMib == null ? base.memoryMib() : memoryMib,
                harts == null ? base.harts() : checkedHarts(),
                compression == null ? base.compression() : compression,
                key == null ? base.key() : key,
                base.trusted(), base.rollbackIndex(), base.bootArguments(), base.log(),
                base.policy());
    }

    private int checkedHarts() {
        if (harts < 1 || harts > Limits.HARTS) {
            throw usage("--harts is 1 to " + Limits.HARTS + ", not " + harts);
        }
        return harts;
    }

    private Manifest named() {
        if (file != null) {
            throw usage("name a FILE or a --manifest, not both");
        }
        return ManifestReader.read(manifestFile == null ? MANIFEST : manifestFile);
    }

    private Manifest implied() {
        var name = HostFiles.name(file);
        HostFiles.requireFile(file);
        if (name.endsWith(".wasm")) {
            var program = new Manifest.Program(
                    name, file, arguments, List.of(), List.of("/"), null,
                    file.toString());
            return manifest(new Payload.Kernel(), List.of(program));
        }
        if (!arguments.isEmpty()) {
            throw usage("only a .wasm program takes arguments");
        }
        if (name.endsWith(".java")) {
            return manifest(new Payload.Source(file), List.of());
        }
        if (name.endsWith(".elf")) {
            return manifest(new Payload.Elf(file), List.of());
        }
        throw new CommandException(
                ExitStatus.USAGE, "K23-5009",
                file + " is neither a .wasm program nor a .java or .elf payload"
                        + " (a manifest goes with --manifest)");
    }

    private static Manifest manifest(Payload payload, List<Manifest.Program> programs) {
        return new Manifest(
                payload, programs, new TreeMap<>(), Manifest.DEFAULT_MEMORY_MIB, 1,
                Compression.LZ4, null, List.of(), 0, "", Manifest.LogLevel.INFO, Policy.NONE);
    }

    /** How Java is compiled: {@code debug}, or to run. */
    JavaOptions java(Manifest manifest, boolean debug) {
        if (isa != null && manifest.payload() instanceof Payload.Elf(var elf)) {
            throw usage("--isa: " + elf + " is compiled");
        }
        return new JavaOptions(debug, isa);
    }

    /** How to make the image. */
    static ImageRecipe recipe(Manifest manifest, JavaOptions java) {
        return new ImageRecipe(
                manifest, new ProgramCache(UserFolders.cache().resolve("compiled")), java);
    }

    /** The file of the key that signs: the manifest's, or the user's development key. */
    static Path keyFile(Manifest manifest) {
        return manifest.key() == null ? UserFolders.developmentKey() : manifest.key();
    }

    /** The image, signed. */
    static BootImage signed(Manifest manifest, JavaOptions java, Path keyFile) {
        var key = SigningKey.read(keyFile);
        return recipe(manifest, java).make(key.verifyingKey()).image().sign(key);
    }

    private static CommandException usage(String message) {
        return new CommandException(ExitStatus.USAGE, "K23-5001", message);
    }

    /** Sizes such as 256M. */
    static final class Mebibytes implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (!text.matches("[0-9]{1,7}[MG]")) {
                throw new TypeConversionException("\"" + text + "\" is no size like 256M or 1G");
            }
            long size = Long.parseLong(text.substring(0, text.length() - 1))
                    * (text.endsWith("G") ? 1024 : 1);
            if (size < Limits.MIN_MEMORY_MIB || size > Limits.MAX_MEMORY_MIB) {
                throw new TypeConversionException("a machine has " + Limits.MIN_MEMORY_MIB + "M to "
                        + Limits.MAX_MEMORY_MIB + "M, not " + text);
            }
            return (int) size;
        }
    }
}
