package k23.image;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import k23.codegen.link.SymbolStripper;
import k23.image.container.Bundle;
import k23.image.container.Compression;
import k23.image.container.Container;
import k23.image.container.Section;
import k23.image.container.SectionKind;
import k23.image.disk.DiskImage;
import k23.image.loader.KeyTable;
import k23.image.loader.LoaderImage;
import k23.image.sign.VerifyingKey;

/**
 * Everything that an image is made of.
 *
 * @param loader the loader's ELF file
 * @param payload the payload's ELF file, of which the image gets all but the symbols
 * @param bundle programs and files for the payload; may be empty; programs lose their symbols
 * @param compression how payload and bundle are stored
 * @param keys whom the loader trusts, and the least rollback index that it accepts
 * @param signer the key that is going to sign, one of {@code keys}
 * @param rollbackIndex the image's own rollback index
 * @param bootArguments what U-Boot passes to the loader
 */
public record ImageBuilder(
        byte[] loader, byte[] payload, Bundle bundle, Compression compression, KeyTable keys,
        VerifyingKey signer, long rollbackIndex, String bootArguments) {

    /** The disk image, not signed yet. */
    public BootImage disk() {
        var image = image();
        var disk = DiskImage.layOut(image.bytes(), bootArguments, identity(image));
        return new BootImage(disk, image);
    }

    /** The bare Linux {@code Image}, not signed yet. */
    public BootImage bare() {
        return new BootImage(null, image());
    }

    private LoaderImage image() {
        if (!keys.keys().contains(signer)) {
            throw new IllegalArgumentException("the loader would refuse an image of this signer");
        }
        var container = Container.unsigned(rollbackIndex, signer.id(), sections());
        return LoaderImage.link(loader, keys, container);
    }

    private List<Section> sections() {
        var sections = new ArrayList<Section>();
        sections.add(Section.of(SectionKind.PAYLOAD, compression, SymbolStripper.strip(payload)));
        if (!bundle.entries().isEmpty()) {
            sections.add(Section.of(SectionKind.BUNDLE, compression, stripped().bytes()));
        }
        return sections;
    }

    /** The bundle with programs that have no symbols. */
    private Bundle stripped() {
        return new Bundle(bundle.entries().stream()
                .map(e -> e.kind() != Bundle.Kind.PROGRAM ? e
                        : new Bundle.Entry(e.kind(), e.name(), SymbolStripper.strip(e.data())))
                .toList());
    }

    /** A digest of all content but the signature. */
    private byte[] identity(LoaderImage image) {
        try {
            var sha = MessageDigest.getInstance("SHA-512");
            sha.update(image.loader());
            sha.update(image.container().header());
            sha.update(bootArguments.getBytes(StandardCharsets.UTF_8));
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
