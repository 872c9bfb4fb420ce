package k23.loader.elf;

/** Why an ELF file is refused. */
public enum ElfProblem {
    /** Nothing is wrong. */
    NONE("no problem"),
    /** Magic, class, byte order or version. */
    NOT_ELF64("not a little-endian ELF64 file"),
    /** Another machine. */
    NOT_RISCV("not for RISC-V"),
    /** An object file or a core dump. */
    NOT_EXECUTABLE("not an executable"),
    /** The program headers are outside of the file or too many. */
    BAD_SEGMENT_TABLE("bad program header table"),
    /** A segment's contents are outside of the file, or more than its memory. */
    SEGMENT_OUTSIDE_FILE("a segment lies outside of the file"),
    /** Segments share a page, are unsorted, or wrap around. */
    SEGMENTS_OVERLAP("segments overlap"),
    /** A segment that is both writable and executable. */
    WRITABLE_AND_EXECUTABLE("a segment is writable and executable"),
    /** No segment, or too much address space. */
    IMAGE_TOO_LARGE("image is empty or too large"),
    /** The entry is not in an executable segment. */
    ENTRY_OUTSIDE_CODE("entry point lies outside of the code"),
    /** A file for fixed addresses. */
    NOT_POSITION_INDEPENDENT("not position independent"),
    /** The dynamic table or a relocation in it. */
    BAD_RELOCATION("bad relocation"),
    /** The {@code .loader_config} section. */
    BAD_LOADER_CONFIG("missing or unknown .loader_config"),
    /** The template of the harts' blocks. */
    BAD_HART_TEMPLATE("the template of the harts' blocks is outside of the image or too large"),
    /** Built for a loader that hands over another {@link k23.sdk.boot.BootInfo}. */
    OTHER_BOOT_INFO("wants another version of the boot structure");

    private final String message;

    ElfProblem(String message) {
        this.message = message;
    }

    /** What is wrong, in words. */
    public String message() {
        return message;
    }
}
