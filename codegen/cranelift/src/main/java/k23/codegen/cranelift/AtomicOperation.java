package k23.codegen.cranelift;

/** What an {@code atomic_rmw} does with the old value and its operand. */
public enum AtomicOperation {
    /** Sum. */
    ADD,
    /** Old minus operand. */
    SUB,
    /** Bitwise and. */
    AND,
    /** Complement of the bitwise and. */
    NAND,
    /** Bitwise or. */
    OR,
    /** Bitwise exclusive or. */
    XOR,
    /** The operand. */
    EXCHANGE,
    /** The lesser, unsigned. */
    UNSIGNED_MIN,
    /** The greater, unsigned. */
    UNSIGNED_MAX,
    /** The lesser, signed. */
    SIGNED_MIN,
    /** The greater, signed. */
    SIGNED_MAX;

    /** The code in a function description: the place in this list. */
    public int code() {
        return ordinal();
    }
}
