package k23.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import k23.cli.host.HostFiles;
import k23.cli.host.Pkcs11Token;
import k23.image.sign.SigningKey;
import k23.image.sign.VerifyingKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code k23 keygen NAME}: a new key pair. */
@Command(
        name = "keygen",
        description = "Makes an Ed25519 key pair: NAME.pem (keep it secret) and NAME.pub.pem.",
        mixinStandardHelpOptions = true)
final class KeygenCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Path without the suffix.")
    private Path name;

    @Option(names = "--pkcs11", paramLabel = "URI",
            description = "Write NAME.pub.pem alone: the public half of a key in a token.")
    private String pkcs11;

    @Override
    public Integer call() {
        if (name.getFileName() == null || name.toString().isEmpty()) {
            throw new CommandException(ExitStatus.USAGE, "K23-5001",
                    "\"" + name + "\" is no name for a key: give a path without the suffix");
        }
        var secret = sibling(".pem");
        var published = sibling(".pub.pem");
        if (Files.exists(published)) {
            throw exists(published);
        }
        if (pkcs11 != null) {
            return publish(Pkcs11Token.of(pkcs11).verifyingKey(), published);
        }
        var key = SigningKey.generate();
        try {
            key.write(secret);
            key.verifyingKey().write(published);
        } catch (FileAlreadyExistsException e) {
            throw exists(Path.of(e.getFile()));
        } catch (IOException e) {
            // Half a key is none; both were not there before.
            secret.toFile().delete();
            published.toFile().delete();
            throw new CommandException(
                    ExitStatus.CANNOT_CREATE, "K23-5006", secret + " cannot be written: "
                            + HostFiles.reason(e));
        }
        System.out.println("key " + key.verifyingKey() + ": " + secret + ", " + published);
        return ExitStatus.OK;
    }

    private static int publish(VerifyingKey key, Path file) {
        try {
            key.write(file);
        } catch (IOException e) {
            throw new CommandException(ExitStatus.CANNOT_CREATE, "K23-5006",
                    file + " cannot be written: " + HostFiles.reason(e));
        }
        System.out.println("key " + key + ": " + file);
        return ExitStatus.OK;
    }

    private Path sibling(String suffix) {
        return name.resolveSibling(name.getFileName() + suffix);
    }

    private static CommandException exists(Path file) {
        return new CommandException(
                ExitStatus.CANNOT_CREATE, "K23-5007",
                file + " exists, and a lost key is lost: name another, or move it away");
    }
}
