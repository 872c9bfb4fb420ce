package k23.codegen.cranelift;

/** Conditions of {@code icmp}. */
public enum IntCondition {
    /** Equal. */
    EQUAL,
    /** Not equal. */
    NOT_EQUAL,
    /** Signed less than. */
    SIGNED_LESS_THAN,
    /** Signed greater than or equal. */
    SIGNED_GREATER_OR_EQUAL,
    /** Signed greater than. */
    SIGNED_GREATER_THAN,
    /** Signed less than or equal. */
    SIGNED_LESS_OR_EQUAL,
    /** Unsigned less than. */
    UNSIGNED_LESS_THAN,
    /** Unsigned greater than or equal. */
    UNSIGNED_GREATER_OR_EQUAL,
    /** Unsigned greater than. */
    UNSIGNED_GREATER_THAN,
    /** Unsigned less than or equal. */
    UNSIGNED_LESS_OR_EQUAL;

    /** The code in a function description: the place in this list. */
    public int code() {
        return ordinal();
    }

    /** The condition that holds exactly when this one does not. */
    public IntCondition negated() {
        return switch (this) {
            case EQUAL -> NOT_EQUAL;
            case NOT_EQUAL -> EQUAL;
            case SIGNED_LESS_THAN -> SIGNED_GREATER_OR_EQUAL;
            case SIGNED_GREATER_OR_EQUAL -> SIGNED_LESS_THAN;
            case SIGNED_GREATER_THAN -> SIGNED_LESS_OR_EQUAL;
            case SIGNED_LESS_OR_EQUAL -> SIGNED_GREATER_THAN;
            case UNSIGNED_LESS_THAN -> UNSIGNED_GREATER_OR_EQUAL;
            case UNSIGNED_GREATER_OR_EQUAL -> UNSIGNED_LESS_THAN;
            case UNSIGNED_GREATER_THAN -> UNSIGNED_LESS_OR_EQUAL;
            case UNSIGNED_LESS_OR_EQUAL -> UNSIGNED_GREATER_THAN;
        };
    }

    /**
     * The condition that holds for {@code (b, a)} exactly when this one holds for {@code (a, b)}.
     */
    public IntCondition swapped() {
        return switch (this) {
            case EQUAL, NOT_EQUAL -> this;
            case SIGNED_LESS_THAN -> SIGNED_GREATER_THAN;
            case SIGNED_GREATER_OR_EQUAL -> SIGNED_LESS_OR_EQUAL;
            case SIGNED_GREATER_THAN -> SIGNED_LESS_THAN;
            case SIGNED_LESS_OR_EQUAL -> SIGNED_GREATER_OR_EQUAL;
            case UNSIGNED_LESS_THAN -> UNSIGNED_GREATER_THAN;
            case UNSIGNED_GREATER_OR_EQUAL -> UNSIGNED_LESS_OR_EQUAL;
            case UNSIGNED_GREATER_THAN -> UNSIGNED_LESS_THAN;
            case UNSIGNED_LESS_OR_EQUAL -> UNSIGNED_GREATER_OR_EQUAL;
        };
    }
}
