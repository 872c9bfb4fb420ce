package k23.runtime.program;

/** The kinds of WASM traps as {@code .k23.traps} numbers them. */
final class TrapKinds {
    static final int UNREACHABLE = 32;
    static final int MEMORY_BOUNDS = 33;
    static final int TABLE_BOUNDS = 34;
    static final int INDIRECT_NULL = 35;
    static final int INDIRECT_TYPE = 36;
    static final int DIVIDE_BY_ZERO = 37;
    static final int INTEGER_OVERFLOW = 38;
    static final int INVALID_CONVERSION = 39;
    static final int STACK_EXHAUSTED = 40;
    static final int INTERRUPTED = 41;

    private TrapKinds() {}
}
