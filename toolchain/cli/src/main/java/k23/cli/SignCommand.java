package k23.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import k23.cli.host.HostFiles;
import k23.image.BootImage;
import k23.image.sign.SigningKey;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code k23 sign}: signs an image, makes a detached signature, or attaches one. */
@Command(
        name = "sign",
        description = {
            "Signs an image that `k23 image --unsigned` made.",
            "The result is byte for byte what `k23 image` makes with that key."
        },
        mixinStandardHelpOptions = true)
final class SignCommand implements Callable<Integer> {
    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(
            names = "--detached", paramLabel = "FILE",
            description = "Write the 64 bytes of the signature there, leave the image as it is.")
    private Path detached;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE",
            description = "Write the signed image there, not in place.")
    private Path output;

    @Parameters(paramLabel = "IMAGE")
    private Path file;

    /** Where the signature comes from. */
    private static final class Source {
        @Option(names = "--key", paramLabel = "FILE", description = "The private key, PEM.")
        private Path key;

        @Option(names = "--attach", paramLabel = "FILE",
                description = "A detached signature that was made elsewhere.")
        private Path attach;
    }

    @Override
    public Integer call() {
        var image = BootImage.read(file);
        if (detached != null) {
            if (source.key == null) {
                throw new CommandException(
                        ExitStatus.USAGE, "K23-5001",
                        "--detached makes a signature: it needs --key");
            }
            var signed = image.sign(SigningKey.read(source.key));
            HostFiles.write(detached, signed.container().signature());
            return ExitStatus.OK;
        }
        var signed = source.key != null
                ? image.sign(SigningKey.read(source.key))
                : image.attach(HostFiles.read(source.attach));
        HostFiles.write(output == null ? file : output, signed.bytes());
        return ExitStatus.OK;
    }
}
