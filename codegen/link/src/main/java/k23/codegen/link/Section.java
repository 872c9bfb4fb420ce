package k23.codegen.link;

import java.util.Objects;

/**
 * The section that a definition goes to.
 *
 * @param name   the section's name in the ELF file, for example {@code .text}
 * @param access what the running program may do with it; it decides the segment
 */
public record Section(String name, Access access) {

    /** Rights of a section; there is none that is both writable and executable. */
    public enum Access {
        /** Instructions. */
        EXECUTE,
        /** Constants; after relocation nobody writes them. */
        READ,
        /** Variables with initial contents. */
        WRITE,
        /** Variables that start as zero and take no room in the file. */
        ZERO
    }

    /** Functions. */
    public static final Section TEXT = new Section(".text", Access.EXECUTE);
    /**
     * Constants. In a position-independent image a constant that holds addresses is moved to
     * {@code .data.rel.ro} by the linker; nobody needs to know beforehand.
     */
    public static final Section RODATA = new Section(".rodata", Access.READ);
    /** Variables with initial contents. */
    public static final Section DATA = new Section(".data", Access.WRITE);
    /** Variables that start as zero. */
    public static final Section BSS = new Section(".bss", Access.ZERO);

    /**
     * The template of what each hart has its own copy of: a PT_TLS segment of its own, read-only
     * after relocation.
     */
    public static final Section HART_LOCALS = new Section(".tdata", Access.WRITE);

    /** Where the linker puts constants that hold addresses in a position-independent image. */
    static final Section RELRO = new Section(".data.rel.ro", Access.WRITE);

    /** Checks the name. */
    public Section {
        Objects.requireNonNull(access, "access");
        if (!name.startsWith(".") || name.length() < 2) {
            throw new IllegalArgumentException("a section's name starts with a dot: " + name);
        }
    }

    /**
     * A read-only section with a name of its own, as {@code .loader_config}. Definitions in such
     * a section are always kept: something outside of the program reads them.
     *
     * @param name the section's name, starting with a dot
     */
    public static Section named(String name) {
        return new Section(name, Access.READ);
    }

    /** Whether this is none of the sections that the linker knows by itself. */
    public boolean isNamed() {
        return !equals(TEXT) && !equals(RODATA) && !equals(DATA) && !equals(BSS)
                && !equals(RELRO) && !equals(HART_LOCALS);
    }
}
