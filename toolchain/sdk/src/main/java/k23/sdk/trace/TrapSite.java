package k23.sdk.trace;

import k23.sdk.word.Span;

/**
 * What the trap table says of one instruction.
 *
 * @param kind    one of {@link TrapKinds}, or 0 when the instruction is not listed
 * @param message the constant message of a {@code throw} in UTF-8; empty when there is none
 */
public record TrapSite(int kind, Span message) {
    /** An instruction that the table does not list. */
    public static final TrapSite NONE = new TrapSite(0, Span.EMPTY);

    /** Whether the instruction is listed. */
    public boolean isListed() {
        return kind != 0;
    }
}
