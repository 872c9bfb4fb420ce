package k23.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import k23.cli.host.HostFiles;
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
                            + " only --memory, --harts, --timeout and --verbose go with it");
        }
        BootImage.read(image.file());
        return machine(image.machineOnly()).run(image.file());
    }

    private int runMade() {
        var manifest = image.manifest();
        var key = ImageOptions.signingKey(manifest);
        var signed = ImageOptions.recipe(manifest).unsigned(key.verifyingKey()).sign(key);
        Path file = temporary();
        try {
            HostFiles.write(file, signed.bytes());
            return machine(manifest).run(file);
        } finally {
            delete(file);
        }
    }

    private QemuMachine machine(Manifest manifest) {
        return new QemuMachine(
                manifest.memoryMib(), manifest.harts(), manifest.bootArguments(),
                Duration.ofMillis((long) (timeoutSeconds * 1000)), verbose);
    }

    private static Path temporary() {
        try {
            var file = Files.createTempFile("k23-", ".img");
            file.toFile().deleteOnExit(); // Ctrl-C does not pass through finally
            return file;
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.CANNOT_CREATE, "K23-5006",
                    "no temporary file can be made: " + e.getMessage());
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // deleteOnExit tries again
        }
    }
}
