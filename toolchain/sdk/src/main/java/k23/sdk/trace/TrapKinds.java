package k23.sdk.trace;

/** The kinds of {@code .k23.traps} (docs/FORMATS.md, "Trap kinds") and their texts. */
public final class TrapKinds {
    /** A null reference was dereferenced. */
    public static final int NULL = 1;
    /** The program threw; the message says what. */
    public static final int THROW = 6;
    /** The stack's end was reached. */
    public static final int STACK_OVERFLOW = 8;
    /** The first kind that WASM defines. */
    public static final int FIRST_WASM = 32;
    /** WASM: a load or store outside of the memory. */
    public static final int WASM_MEMORY_BOUNDS = 33;
    /** WASM: too many nested calls. */
    public static final int WASM_CALL_STACK_EXHAUSTED = 40;
    /** WASM: the program was stopped from outside. */
    public static final int WASM_INTERRUPTED = 41;

    private TrapKinds() {}

    /** The text for people; of WASM's kinds the specification's own words. */
    public static String text(int kind) {
        return switch (kind) {
            case NULL -> "null reference";
            case 2 -> "index out of bounds";
            case 3 -> "division by zero";
            case 4 -> "wrong type in a cast";
            case 5 -> "negative array size";
            case THROW -> "exception thrown";
            case 7 -> "no case matches";
            case STACK_OVERFLOW -> "stack overflow";
            case 9 -> "out of region memory";
            case 32 -> "unreachable";
            case WASM_MEMORY_BOUNDS -> "out of bounds memory access";
            case 34 -> "out of bounds table access";
            case 35 -> "uninitialized element";
            case 36 -> "indirect call type mismatch";
            case 37 -> "integer divide by zero";
            case 38 -> "integer overflow";
            case 39 -> "invalid conversion to integer";
            case WASM_CALL_STACK_EXHAUSTED -> "call stack exhausted";
            case WASM_INTERRUPTED -> "interrupted";
            default -> "unknown trap";
        };
    }
}
