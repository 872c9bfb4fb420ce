package k23.image.loader;

import java.util.Arrays;
import java.util.Optional;
import k23.codegen.link.ElfFile;
import k23.codegen.link.ElfFormatException;
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
        ElfFile file;
        byte[] flat;
        try {
            file = ElfFile.parse(elf);
            flat = file.flatten();
        } catch (ElfFormatException e) {
            throw invalid(e.getMessage());
        }
        int end = offsetOf(END_SYMBOL, file, flat);
        if (end % Limits.PAGE_BYTES != 0) {
            throw invalid(END_SYMBOL + " is not page-aligned");
        }
        byte[] loader = Arrays.copyOf(flat, end);
        var header = LinuxHeader.of(loader);
        if (!header.isPresent()) {
            throw new ImageException(
                    "K23-4202", "loader", "the loader does not start with a Linux image header");
        }
        int keysAt = offsetOf(KeyTable.SYMBOL, file, flat);
        keys.write(loader, keysAt);
        header.describe(end + container.containerBytes());
        header.keysAt(keysAt);
        header.contentAt(end);
        file.symbol(PeHeader.ENTRY_SYMBOL).ifPresent(entry -> PeHeader.of(loader).describe(
                entry.address(), file.segments(),
                Math.toIntExact(end + container.containerBytes()),
                header.imageBytes()));
        return new LoaderImage(loader, container);
    }

    private static int offsetOf(String symbol, ElfFile file, byte[] flat) {
        long address = file.symbol(symbol)
                .orElseThrow(() -> invalid("it has no symbol " + symbol))
                .address();
        if (address < 0 || address > alignedToPages(flat.length)) {
            throw invalid("its symbol " + symbol + " lies outside of it");
        }
        return (int) address;
    }

    private static int alignedToPages(int bytes) {
        return (bytes + Limits.PAGE_BYTES - 1) & -Limits.PAGE_BYTES;
    }

    private static ImageException invalid(String why) {
        return new ImageException("K23-4201", "loader", "cannot be the loader: " + why);
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

    /** What UEFI firmware reads, if the loader has an entry for it. */
    public Optional<PeHeader> pe() {
        return Optional.of(PeHeader.of(loader)).filter(PeHeader::isPresent);
    }

    /** The whole file. */
    public byte[] bytes() {
        byte[] tail = container.bytes();
        int bytes = loader.length + tail.length;
        byte[] image = Arrays.copyOf(loader, pe().isPresent() ? PeHeader.aligned(bytes) : bytes);
        System.arraycopy(tail, 0, image, loader.length, tail.length);
        return image;
    }
}
