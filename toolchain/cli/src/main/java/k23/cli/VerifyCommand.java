package k23.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import k23.image.BootImage;
import k23.image.ImageException;
import k23.image.loader.KeyTable;
import k23.image.manifest.ManifestReader;
import k23.image.manifest.Policy;
import k23.image.sign.VerifyingKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code k23 verify}: what the loader checks, checked here by other code. */
@Command(
        name = "verify",
        description = {
            "Checks an image as its loader will: signature, digests, sizes, rollback index.",
            "Without --key the keys in the image are believed: that finds damage, not forgery."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Option(names = "--key", paramLabel = "FILE",
            description = "The key, private or public, that must have signed.")
    private Path key;

    @Option(names = "--manifest", paramLabel = "FILE",
            description = "A manifest whose policy the image must meet.")
    private Path manifest;

    @Parameters(paramLabel = "IMAGE")
    private Path file;

    @Override
    public Integer call() {
        var image = BootImage.read(file);
        var container = image.container();
        var table = image.image().keys();
        var signer = key == null ? embedded(table, container.keyId()) : VerifyingKey.read(key);
        container.verify(signer);
        if (key != null && !table.keys().contains(signer)) {
            throw new ImageException(
                    "K23-4105", file.toString(),
                    "the signature is good, but the image's loader does not trust key " + signer);
        }
        if (Long.compareUnsigned(container.rollbackIndex(), table.minimumRollbackIndex()) < 0) {
            throw new ImageException(
                    "K23-4111", file.toString(),
                    "rollback index " + container.rollbackIndex() + " is older than "
                            + table.minimumRollbackIndex() + ", the least that its loader accepts");
        }
        var policy = manifest == null ? Policy.NONE : ManifestReader.read(manifest).policy();
        requireSigner(policy, signer);
        var provenance = provenance(policy, image.bytes(), signer);
        System.out.println("good: signed by key " + signer
                + (key == null ? ", which the image itself names" : "") + provenance);
        return ExitStatus.OK;
    }

    private void requireSigner(Policy policy, VerifyingKey signer) {
        if (!policy.signers().isEmpty() && policy.signers().stream().map(VerifyingKey::read)
                .noneMatch(signer::equals)) {
            throw new ImageException(
                    "K23-4501", file.toString(),
                    "key " + signer + " is not one of the manifest's \"signers\"");
        }
    }

    /** Checks what lies beside the image; returns what to say of it. */
    private String provenance(Policy policy, byte[] bytes, VerifyingKey signer) {
        var beside = new Attestations(file);
        if (!beside.hasProvenance()) {
            if (!policy.builders().isEmpty()) {
                throw new ImageException("K23-4503", beside.place(),
                        "the manifest's policy wants a provenance, and there is none");
            }
            return "";
        }
        var envelope = beside.read();
        if (envelope.signature() == null && policy.builders().isEmpty()
                && envelope.provenance().isOf(bytes)) {
            return "; its provenance is not signed";
        }
        envelope.verify(beside.place(), bytes, signer);
        var builder = envelope.provenance().builder();
        if (!policy.builders().isEmpty() && !policy.builders().contains(builder)) {
            throw new ImageException("K23-4504", beside.place(),
                    "builder " + builder + " is not one of the manifest's \"builders\"");
        }
        return "; built by " + builder;
    }

    private VerifyingKey embedded(KeyTable table, long id) {
        return table.keys().stream()
                .filter(candidate -> candidate.id() == id)
                .findFirst()
                .orElseThrow(() -> new ImageException(
                        "K23-4105", file.toString(),
                        "it is signed by key " + VerifyingKey.idText(id)
                                + ", which its loader does not trust"));
    }
}
