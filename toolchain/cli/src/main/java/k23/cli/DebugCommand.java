package k23.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import k23.cli.build.ImageRecipe;
import k23.cli.build.SystemClasses;
import k23.cli.debug.Debugger;
import k23.cli.debug.Debugger.Subject;
import k23.cli.host.HostFiles;
import k23.cli.host.TemporaryFolder;
import k23.cli.machine.Firmware;
import k23.cli.machine.QemuMachine;
import k23.codegen.link.SymbolStripper;
import k23.image.BootImage;
import k23.image.attest.Material;
import k23.image.container.SectionKind;
import k23.image.manifest.Manifest;
import k23.image.manifest.Manifest.Payload;
import k23.image.sign.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code k23 debug}: runs a payload, or the kernel below a program, under gdb. */
@Command(
        name = "debug",
        description = {
            "Runs what `k23 run` runs in a machine that obeys gdb, stopped at main.",
            "A payload in Java is compiled for it; below a program it is the kernel. gdb's",
            "commands come from standard input; the guest's is empty. Quitting gdb ends the",
            "machine. A finished .img needs --symbols, the ELF file that it was made of."
        },
        mixinStandardHelpOptions = true)
final class DebugCommand implements Callable<Integer> {
    private static final int MOST_PORT = 65535;

    @Mixin private ImageOptions image;

    @Option(names = "--symbols", paramLabel = "ELF",
            description = "For a finished .img: its payload, by `k23 compile --debug`.")
    private Path symbols;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "0",
            description = "Wait for gdb on this port of 127.0.0.1, not on a socket of its own.")
    private int port;

    @Option(names = "--no-gdb",
            description = "Only say how to attach a debugger, and run until the machine ends.")
    private boolean noGdb;

    @Option(names = "--verbose", description = "Show the firmware's lines, too.")
    private boolean verbose;

    @Override
    public Integer call() {
        if (port < 0 || port > MOST_PORT) {
            throw usage("--port is 1 to " + MOST_PORT + ", not " + port);
        }
        boolean isFinished = image.file() != null && image.file().toString().endsWith(".img");
        if (isFinished && image.isMoreThanAFile()) {
            throw usage("a finished image runs as it is: only --symbols, --port, --no-gdb,"
                    + " --memory, --harts and --verbose go with it");
        }
        if (isFinished != (symbols != null)) {
            throw usage(isFinished ? "an image has no symbols: name, with --symbols, the ELF file"
                    + " of its payload, which `k23 compile --debug` made"
                    : "--symbols is for a finished image");
        }
        try (var folder = TemporaryFolder.named("k23-debug")) {
            return isFinished ? finished(folder.path()) : made(folder.path());
        }
    }

    private int finished(Path folder) {
        var payload = BootImage.read(image.file()).container().sections().stream()
                .filter(section -> section.kind() == SectionKind.PAYLOAD).findFirst();
        byte[] elf = SymbolStripper.strip(HostFiles.read(symbols));
        if (payload.isEmpty() || !Arrays.equals(elf, payload.get().raw())) {
            throw new CommandException(
                    ExitStatus.DATA, "K23-5019",
                    image.file() + " was not made of " + symbols + ": its payload is another");
        }
        return debug(folder, image.machineOnly(), image.file(),
                new Subject(symbols, sources(symbols)));
    }

    private int made(Path folder) {
        var manifest = image.manifest();
        var key = SigningKey.read(ImageOptions.keyFile(manifest));
        var made = ImageOptions.recipe(manifest, image.java(manifest, true))
                .make(key.verifyingKey());
        var disk = folder.resolve("k23.img");
        HostFiles.write(disk, made.image().sign(key).bytes());
        return debug(folder, manifest, disk, subject(folder, manifest, made));
    }

    private static Subject subject(Path folder, Manifest manifest, ImageRecipe.Made made) {
        var elf = folder.resolve("payload.elf");
        HostFiles.write(elf, made.materials().stream()
                .filter(material -> material.kind() == Material.Kind.PAYLOAD).findFirst()
                .orElseThrow().bytes());
        return switch (manifest.payload()) {
            case Payload.Kernel() -> new Subject(elf, SystemClasses.sources());
            case Payload.Elf(var file) -> new Subject(file, sources(file));
            case Payload.Source(var source) -> new Subject(elf, sources(source));
            case Payload.Classes(var classes, var entry) -> new Subject(elf, sources(classes));
        };
    }

    /** Where gdb looks for sources: beside what the user named, and the system's own. */
    private static List<Path> sources(Path named) {
        return Stream.concat(Stream.of(named.toAbsolutePath().getParent()),
                SystemClasses.sources().stream()).toList();
    }

    private int debug(Path folder, Manifest manifest, Path disk, Subject subject) {
        var machine = new QemuMachine(
                manifest.memoryMib(), manifest.harts(), Firmware.OPENSBI,
                manifest.bootArguments(), Duration.ZERO, verbose);
        var debugger = new Debugger(machine, disk, subject, port, folder);
        return noGdb ? debugger.await() : debugger.run();
    }

    private static CommandException usage(String message) {
        return new CommandException(ExitStatus.USAGE, "K23-5001", message);
    }
}
