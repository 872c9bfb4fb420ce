package k23.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import k23.cli.build.ImageCache;
import k23.cli.host.UserFolders;
import k23.cli.machine.Firmware;
import k23.cli.machine.QemuMachine;
import k23.image.BootImage;
import k23.image.manifest.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code k23 run}: makes an image and runs it in a virtual machine of its own. */
@Command(
        name = "run",
        description = {
            "Runs a program, a payload or a manifest in a fresh virtual machine.",
            "Its standard input and output are this command's, its log goes to standard error,",
            "its exit status is this command's. A finished .img runs as it is."
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Mixin private ImageOptions image;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "0",
            description = "Stop the machine after so long; 0, the default, is never.")
    private double timeoutSeconds;

    @Option(names = "--firmware", paramLabel = "NAME", defaultValue = "opensbi",
            description = {
                "What starts the loader: opensbi, the default, or none: then the loader is in",
                "charge of the machine itself."
            })
    private Firmware firmware;

    @Option(names = "--verbose", description = "Show the firmware's lines, too.")
    private boolean verbose;

    @Override
    public Integer call() {
        if (!(timeoutSeconds >= 0 && timeoutSeconds < 1e9)) {
            throw new CommandException(
                    ExitStatus.USAGE, "K23-5001", "--timeout is a number of seconds from 0");
        }
        return image.file() != null && image.file().toString().endsWith(".img")
                ? runFinished() : runMade();
    }

    private int runFinished() {
        if (image.isMoreThanAFile()) {
            throw new CommandException(
                    ExitStatus.USAGE, "K23-5001",
                    "a finished image runs as it is:"
                            + " only --memory, --harts, --firmware, --timeout and --verbose go with"
                            + " it");
        }
        BootImage.read(image.file());
        return machine(image.machineOnly()).run(image.file());
    }

    private int runMade() {
        var manifest = image.manifest();
        var java = image.java(manifest, false);
        var key = ImageOptions.keyFile(manifest);
        var made = new ImageCache(UserFolders.cache().resolve("images"))
                .image(manifest, java, key,
                        () -> ImageOptions.signed(manifest, java, key).bytes());
        return machine(manifest).run(made);
    }

    private QemuMachine machine(Manifest manifest) {
        return new QemuMachine(
                manifest.memoryMib(), manifest.harts(), firmware, manifest.bootArguments(),
                Duration.ofMillis((long) (timeoutSeconds * 1000)), verbose);
    }
}
