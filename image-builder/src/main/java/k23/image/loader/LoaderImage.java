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
    private final PackedVariables variables;
    private final Container container;

    private LoaderImage(byte[] loader, PackedVariables variables, Container container) {
        this.loader = loader;
        this.variables = variables;
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
        int movesAt = file.symbol(PackedVariables.SYMBOL).isPresent()
                ? offsetOf(PackedVariables.SYMBOL, file, flat) : 0;
        var variables = movesAt == 0 ? PackedVariables.none(end)
                : PackedVariables.of(file, flat, end);
        byte[] loader = Arrays.copyOf(flat, variables.start());
        var header = LinuxHeader.of(loader);
        if (!header.isPresent()) {
            throw new ImageException(
                    "K23-4202", "loader", "the loader does not start with a Linux image header");
        }
        int keysAt = offsetOf(KeyTable.SYMBOL, file, flat);
        keys.write(loader, keysAt);
        // Memory has the whole container at its place, even where the file has not.
        header.describe(end + container.containerBytes());
        header.keysAt(keysAt);
        header.contentAt(end);
        file.symbol(PeHeader.ENTRY_SYMBOL).ifPresent(entry -> PeHeader.of(loader).describe(
                entry.address(), file.segments(),
                variables.fileBytes(container.containerBytes()), header.imageBytes()));
        if (movesAt != 0) {
            header.movesAt(movesAt);
            variables.write(loader, movesAt, container.containerBytes());
        }
        return new LoaderImage(loader, variables, container);
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
        var variables = PackedVariables.read(place, bytes, (int) end);
        byte[] loader = Arrays.copyOf(bytes, variables.start());
        return new LoaderImage(
                loader, variables, Container.parse(place, variables.container(bytes)));
    }

    /** The same image with another container, such as a signed one; the sizes must agree. */
    public LoaderImage with(Container other) {
        if (other.containerBytes() != container.containerBytes()) {
            throw new IllegalArgumentException("another size of container needs another image");
        }
        return new LoaderImage(loader, variables, other);
    }

    /** What the loader starts. */
    public Container container() {
        return container;
    }

    /** Whom the loader trusts. */
    public KeyTable keys() {
        return KeyTable.read(loader, LinuxHeader.of(loader).keysAt());
    }

    /**
     * The loader alone as the file has it, keys included, its packed variables last: it is not
     * covered by the signature that it checks.
     */
    public byte[] loader() {
        byte[] packed = variables.packed();
        byte[] all = Arrays.copyOf(loader, loader.length + packed.length);
        System.arraycopy(packed, 0, all, loader.length, packed.length);
        return all;
    }

    /** Where the byte {@code offset} of the container is in the file. */
    public int containerAt(int offset) {
        return variables.position(offset, container.containerBytes());
    }

    /** What UEFI firmware reads, if the loader has an entry for it. */
    public Optional<PeHeader> pe() {
        return Optional.of(PeHeader.of(loader)).filter(PeHeader::isPresent);
    }

    /** The whole file. */
    public byte[] bytes() {
        byte[] file = variables.file(loader, container.bytes());
        return pe().isPresent() ? Arrays.copyOf(file, PeHeader.aligned(file.length)) : file;
    }
}
