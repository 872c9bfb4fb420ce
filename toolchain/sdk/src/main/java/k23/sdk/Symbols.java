package k23.sdk;

import k23.sdk.sim.Machine;

/** Addresses of linker symbols, such as {@code __text_start} or what a {@link Template} defines. */
public final class Symbols {
    private Symbols() {}

    /** The address of the symbol {@code name}, a constant string. */
    @Intrinsic
    public static long addressOf(String name) {
        return Machine.current().symbol(name);
    }
}
