package k23.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import k23.image.container.Container;
import k23.image.disk.DiskImage;
import k23.image.loader.LoaderImage;
import k23.image.sign.SigningKey;

/** A file that boots: a disk, or a bare Linux {@code Image} ({@code disk} is null). */
public final class BootImage {
    private final DiskImage disk;
    private final LoaderImage image;

    BootImage(DiskImage disk, LoaderImage image) {
        this.disk = disk;
        this.image = image;
    }

    /**
     * Reads a file.
     *
     * @throws ImageException K23-4101 or K23-4102 if it is no image of ours, K23-4110 if it cannot
     *     be read
     */
    public static BootImage read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException | OutOfMemoryError e) {
            throw new ImageException("K23-4110", file.toString(), "the image cannot be read");
        }
        return parse(file.toString(), bytes);
    }

    /** Reads a file's bytes; {@code place} is what to call it in messages. */
    public static BootImage parse(String place, byte[] bytes) {
        if (DiskImage.isDisk(bytes)) {
            var disk = DiskImage.parse(place, bytes);
            return new BootImage(disk, LoaderImage.parse(place, disk.image()));
        }
        return new BootImage(null, LoaderImage.parse(place, bytes));
    }

    /** Whether this is a disk. */
    public boolean isDisk() {
        return disk != null;
    }

    /** The loader with its container. */
    public LoaderImage image() {
        return image;
    }

    /** What is signed. */
    public Container container() {
        return image.container();
    }

    /** Where the byte {@code offset} of the container is in the file: it may be in two parts. */
    public int containerAt(int offset) {
        return (disk == null ? 0 : disk.imageAt()) + image.containerAt(offset);
    }

    /** This image, signed: only the 64 bytes of the signature differ. */
    public BootImage sign(SigningKey key) {
        return with(container().sign(key));
    }

    /** This image with a signature that was made elsewhere and verifies by one of its keys. */
    public BootImage attach(byte[] signature) {
        var signed = container().withSignature(signature);
        for (var key : image.keys().keys()) {
            if (key.id() == signed.keyId() && key.verifies(signed.header(), signature)) {
                return with(signed);
            }
        }
        throw new ImageException(
                "K23-4103", "signature",
                "it is not of this image by a key that its loader trusts; nothing was changed");
    }

    private BootImage with(Container signed) {
        var signedImage = image.with(signed);
        return new BootImage(disk == null ? null : disk.with(signedImage.bytes()), signedImage);
    }

    /** The file. */
    public byte[] bytes() {
        return disk == null ? image.bytes() : disk.bytes();
    }
}
