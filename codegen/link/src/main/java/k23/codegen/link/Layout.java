package k23.codegen.link;

import java.util.OptionalLong;

/** Where the segments go. */
public sealed interface Layout {

    /** Position-independent (ET_DYN): base 0, addresses in data become R_RISCV_RELATIVE. */
    record Pie() implements Layout { }

    /**
     * Fixed addresses (ET_EXEC). A segment without an address of its own follows the one before
     * at the next page. All are page aligned.
     *
     * @param text   address of the code
     * @param rodata address of the constants and the {@code .k23.*} tables
     * @param data   address of the variables
     */
    record Exec(long text, OptionalLong rodata, OptionalLong data) implements Layout { }

    /** Position-independent from base 0. */
    static Layout pie() {
        return new Pie();
    }

    /** Fixed, the segments one after the other from {@code base}. */
    static Layout exec(long base) {
        return new Exec(base, OptionalLong.empty(), OptionalLong.empty());
    }

    /** Fixed, each segment at an address of its own. */
    static Layout exec(long text, long rodata, long data) {
        return new Exec(text, OptionalLong.of(rodata), OptionalLong.of(data));
    }
}
