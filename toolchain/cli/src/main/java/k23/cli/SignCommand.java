package k23.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import k23.cli.host.HostFiles;
import k23.cli.host.Pkcs11Token;
import k23.image.BootImage;
import k23.image.attest.Envelope;
import k23.image.sign.SigningKey;
import k23.image.sign.VerifyingKey;
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

        @Option(names = "--pkcs11", paramLabel = "URI",
                description = "The private key, in a token:"
                        + " pkcs11:token=...;object=...?module-path=...")
        private String pkcs11;

        @Option(names = "--attach", paramLabel = "FILE",
                description = "A detached signature that was made elsewhere.")
        private Path attach;
    }

    /**
     * A signature, and who made it.
     *
     * @param bytes the signature of the image's header
     * @param key the signer's public half; null for a detached signature
     * @param sign signs what else there is; null for a detached signature
     */
    private record Made(byte[] bytes, VerifyingKey key, UnaryOperator<byte[]> sign) {}

    @Override
    public Integer call() {
        var image = BootImage.read(file);
        if (detached != null && source.attach != null) {
            throw new CommandException(
                    ExitStatus.USAGE, "K23-5001",
                    "--detached makes a signature: it needs --key or --pkcs11");
        }
        var signature = signature(image);
        var signed = image.attach(signature.bytes);
        if (detached != null) {
            HostFiles.write(detached, signature.bytes);
            return ExitStatus.OK;
        }
        var target = output == null ? file : output;
        attest(target, signed, signature);
        HostFiles.write(target, signed.bytes());
        return ExitStatus.OK;
    }

    private Made signature(BootImage image) {
        if (source.attach != null) {
            return new Made(HostFiles.read(source.attach), null, null);
        }
        if (source.pkcs11 != null) {
            var token = Pkcs11Token.of(source.pkcs11);
            return made(image, token.verifyingKey(), token::sign);
        }
        var key = SigningKey.read(source.key);
        return made(image, key.verifyingKey(), key::sign);
    }

    private static Made made(BootImage image, VerifyingKey key, UnaryOperator<byte[]> sign) {
        image.container().requireSigner(key);
        return new Made(sign.apply(image.container().header()), key, sign);
    }

    /** What lies beside the image goes with it, and is signed by the same key. */
    private void attest(Path target, BootImage signed, Made signature) {
        var before = new Attestations(file);
        var after = new Attestations(target);
        after.copyBillOf(before);
        if (before.hasProvenance()) {
            var provenance = before.renamed(target, signed.bytes());
            after.write(signature.sign == null ? Envelope.unsigned(provenance)
                    : Envelope.signed(provenance, signature.key, signature.sign));
        }
    }
}
