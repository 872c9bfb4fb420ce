package k23.image.loader;

import java.util.Arrays;
import k23.image.ImageException;
import k23.image.Limits;
import k23.image.container.Container;

/** A bootable Linux {@code Image}: the loader, whom it trusts, and the container that it starts. */
public final class LoaderImage {
    private static final String END_SYMBOL = "__image_end";

    private final byte[] loader;
    private final Container container;

    private LoaderImage(byte[] loader, Container container) {
        this.loader = loader;
        this.container = container;
    }

    /**
     * Makes an image.
     *
     * @param elf the loader, a static-PIE ELF file linked at 0, a Linux header at its start
     * @param keys whom it shall trust
     * @param container what it shall start
     * @throws ImageException K23-4201 or K23-4202 if {@code elf} is no such loader
     */
    public static LoaderImage link(byte[] elf, KeyTable keys, Container container) {
        var parsed = LoaderElf.parse(elf);
        int end = parsed.offsetOf(END_SYMBOL);
        if (end % Limits.PAGE_BYTES != 0) {
            throw new ImageException(
                    "K23-4201", "loader",
                    "cannot be the loader: " + END_SYMBOL + " is not page-aligned");
        }
        byte[] loader = Arrays.copyOf(parsed.flat(), end);
        var header = LinuxHeader.of(loader);
        if (!header.isPresent()) {
            throw new ImageException(
                    "K23-4202", "loader", "the loader does not start with a Linux image header");
        }
        int keysAt = parsed.offsetOf(KeyTable.SYMBOL);
        keys.write(loader, keysAt);
        header.describe(end + container.containerBytes());
        header.keysAt(keysAt);
        header.contentAt(end);
        return new LoaderImage(loader, container);
    }

    /**
     * Reads an image.
     *
     * @param place what to call it in messages
     * @throws ImageException K23-4101 if it is none of ours, K23-4102 if it is malformed
     */
    public static LoaderImage parse(String place, byte[] bytes) {
        var header = LinuxHeader.of(bytes);
        if (!header.isPresent()) {
            throw new ImageException("K23-4101", place, "not a k23 image: no RISC-V image header");
        }
        long end = header.contentAt();
        if (end < LinuxHeader.BYTES || end > bytes.length || end % Limits.PAGE_BYTES != 0) {
            throw new ImageException(
                    "K23-4101", place, "not a k23 image: it names no boot container");
        }
        byte[] loader = Arrays.copyOf(bytes, (int) end);
        var container = Container.parse(place, Arrays.copyOfRange(bytes, (int) end, bytes.length));
        return new LoaderImage(loader, container);
    }

    /** The same image with another container, such as a signed one; the sizes must agree. */
    public LoaderImage with(Container other) {
        if (other.containerBytes() != container.containerBytes()) {
            throw new IllegalArgumentException("another size of container needs another image");
        }
        return new LoaderImage(loader, other);
    }

    /** What the loader starts. */
    public Container container() {
        return container;
    }

    /** Whom the loader trusts. */
    public KeyTable keys() {
        return KeyTable.read(loader, LinuxHeader.of(loader).keysAt());
    }

    /** The loader alone, keys included: it is not covered by the signature that it checks. */
    public byte[] loader() {
        return loader.clone();
    }

    /** The whole file. */
    public byte[] bytes() {
        byte[] tail = container.bytes();
        byte[] image = Arrays.copyOf(loader, loader.length + tail.length);
        System.arraycopy(tail, 0, image, loader.length, tail.length);
        return image;
    }
}
