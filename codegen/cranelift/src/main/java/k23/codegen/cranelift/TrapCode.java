package k23.codegen.cranelift;

/**
 * Why a trap site traps: an opaque number that comes back in {@link CompiledFunction#traps}.
 *
 * @param code 1 to 250 are the front end's own; 251 to 255 are Cranelift's, the constants here
 */
public record TrapCode(int code) {
    /** The stack limit was passed. */
    public static final TrapCode STACK_OVERFLOW = new TrapCode(251);
    /** A load or store that may trap and names no code of its own. */
    public static final TrapCode HEAP_OUT_OF_BOUNDS = new TrapCode(253);
    /** {@code sdiv} or {@code srem} of the least integer by -1. */
    public static final TrapCode INTEGER_OVERFLOW = new TrapCode(252);
    /** A division by zero. */
    public static final TrapCode INTEGER_DIVISION_BY_ZERO = new TrapCode(254);
    /** A conversion of NaN to an integer. */
    public static final TrapCode BAD_CONVERSION_TO_INTEGER = new TrapCode(255);
    /** The greatest code that a front end may use. */
    public static final int LAST_USER_CODE = 250;

    /** Checks the range. */
    public TrapCode {
        if (code < 1 || code > 255) {
            throw new IllegalArgumentException("trap code " + code + " is not in 1..255");
        }
    }

    /** The front end's own code. */
    public static TrapCode user(int code) {
        if (code > LAST_USER_CODE) {
            throw new IllegalArgumentException("user trap code " + code + " is not in 1..250");
        }
        return new TrapCode(code);
    }
}
