package k23.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import k23.cli.host.HostFiles;
import k23.image.BootImage;
import k23.image.attest.Envelope;
import k23.image.sign.SigningKey;
import k23.image.sign.VerifyingKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code k23 image}: makes a disk image. */
@Command(
        name = "image",
        description = {
            "Makes a signed disk image, a bill of materials (FILE.cdx.json), and its provenance",
            "(FILE.provenance.json), signed like the image."
        },
        mixinStandardHelpOptions = true)
final class ImageCommand implements Callable<Integer> {
    @Mixin private ImageOptions image;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE",
            description = "The image; k23.img, or the FILE's name with .img, when none is named.")
    private Path output;

    @Option(names = "--unsigned",
            description = "Leave the signature to `k23 sign`; --key may be the public half.")
    private boolean unsigned;

    @Option(names = "--builder", paramLabel = "URI", defaultValue = "urn:k23:builder:local",
            description = "Who builds, for the provenance; ${DEFAULT-VALUE} when not named.")
    private String builder;

    @Option(names = "--source", paramLabel = "URI=COMMIT",
            description = "A repository that the build comes from; can be repeated.")
    private SequencedMap<String, String> sources = new TreeMap<>();

    @Override
    public Integer call() {
        requireUri("--builder", builder);
        sources.keySet().forEach(source -> requireUri("--source", source));
        var manifest = image.manifest();
        var key = ImageOptions.keyFile(manifest);
        var made = ImageOptions.recipe(manifest, image.java(manifest, false))
                .make(VerifyingKey.read(key));
        var secret = unsigned ? null : SigningKey.read(key);
        var result = unsigned ? made.image() : made.image().sign(secret);
        var target = output == null ? defaultOutput() : output;
        HostFiles.write(target, result.bytes());
        var files = new Attestations(target);
        files.writeBill(made.materials());
        var provenance = files.provenance(manifest, builder, sources, made.materials(),
                result.bytes());
        files.write(unsigned ? Envelope.unsigned(provenance)
                : Envelope.signed(provenance, secret.verifyingKey(), secret::sign));
        System.out.println(report(target, result));
        return ExitStatus.OK;
    }

    private static void requireUri(String option, String text) {
        try {
            if (new URI(text).isAbsolute()) {
                return;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new CommandException(ExitStatus.USAGE, "K23-5001",
                option + ": \"" + text + "\" is no URI such as https://example.org/k23");
    }

    private Path defaultOutput() {
        if (image.file() == null) {
            return Path.of("k23.img");
        }
        var name = image.file().getFileName().toString();
        return Path.of(name.substring(0, name.lastIndexOf('.')) + ".img");
    }

    private static String report(Path file, BootImage made) {
        var text = new StringBuilder(file + ": " + made.bytes().length + " bytes, loader "
                + made.image().loader().length);
        for (var section : made.container().sections()) {
            text.append(", ").append(section.kind().name().toLowerCase(Locale.ROOT)).append(' ')
                    .append(section.rawBytes()).append(" stored as ")
                    .append(section.stored().length);
        }
        return text.append(made.container().isSigned() ? ", signed" : ", unsigned").toString();
    }
}
