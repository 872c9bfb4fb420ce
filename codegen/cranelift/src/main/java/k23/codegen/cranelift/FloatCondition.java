package k23.codegen.cranelift;

/** Conditions of {@code fcmp}; "unordered" means that an operand is a NaN. */
public enum FloatCondition {
    /** Neither is a NaN. */
    ORDERED,
    /** One is a NaN. */
    UNORDERED,
    /** Equal, ordered. */
    EQUAL,
    /** Less, greater or unordered: the negation of {@link #EQUAL}. */
    NOT_EQUAL,
    /** Less or greater, ordered. */
    ORDERED_NOT_EQUAL,
    /** Equal or unordered. */
    UNORDERED_OR_EQUAL,
    /** Less, ordered. */
    LESS_THAN,
    /** Less or equal, ordered. */
    LESS_OR_EQUAL,
    /** Greater, ordered. */
    GREATER_THAN,
    /** Greater or equal, ordered. */
    GREATER_OR_EQUAL,
    /** Less or unordered. */
    UNORDERED_OR_LESS_THAN,
    /** Less, equal or unordered. */
    UNORDERED_OR_LESS_OR_EQUAL,
    /** Greater or unordered. */
    UNORDERED_OR_GREATER_THAN,
    /** Greater, equal or unordered. */
    UNORDERED_OR_GREATER_OR_EQUAL;

    /** The code in a function description: the place in this list. */
    public int code() {
        return ordinal();
    }
}
