package k23.image.container;

/** What a section of the boot container is. */
public enum SectionKind {
    /** The ELF file that the loader starts. */
    PAYLOAD(1),
    /** Programs and files for it, a {@link Bundle}. */
    BUNDLE(2);

    private final int code;

    SectionKind(int code) {
        this.code = code;
    }

    /** The number that stands for it in the header. */
    public int code() {
        return code;
    }

    /** The kind of {@code code}, or null. */
    static SectionKind of(int code) {
        for (SectionKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}
