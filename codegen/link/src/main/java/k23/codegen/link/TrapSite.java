package k23.codegen.link;

/**
 * An instruction that may trap on purpose, or a load or store that may fault.
 *
 * @param offset  of the instruction, in bytes from the definition's start
 * @param kind    why it traps: see {@link TrapKind#code()}; 0..65535
 * @param message a constant text for {@link TrapKind#THROW}, or null
 */
public record TrapSite(int offset, int kind, String message) {

    /** Checks the ranges. */
    public TrapSite {
        if (offset < 0 || kind < 0 || kind > 0xffff) {
            throw new IllegalArgumentException("trap site at " + offset + " of kind " + kind);
        }
    }

    /** A trap without a message. */
    public static TrapSite of(int offset, TrapKind kind) {
        return new TrapSite(offset, kind.code(), null);
    }
}
