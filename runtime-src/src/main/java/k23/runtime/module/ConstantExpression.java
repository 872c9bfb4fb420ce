package k23.runtime.module;

/**
 * A constant expression (Core 2.0, section 3.3.10), read as far as it is a single instruction.
 *
 * @param kind  what it does
 * @param bits  the number's bits, or the index; 0 otherwise
 * @param start index of its first byte in {@link Module#bytes}; 0 for an index without code
 * @param end   index behind its {@code end}
 */
public record ConstantExpression(ConstantKind kind, long bits, int start, int end) {
    /** No expression. */
    public static final ConstantExpression NONE =
            new ConstantExpression(ConstantKind.NONE, 0, 0, 0);

    /** Whether it has code of its own, unlike an entry of a plain list of functions. */
    public boolean hasCode() {
        return end != 0;
    }
}
