package k23.codegen.link;

/** Why compiled code traps; the codes are those of {@code .k23.traps}. */
public enum TrapKind {
    /** A null reference was dereferenced. */
    NULL(1, "null reference"),
    /** An array index was outside the array. */
    BOUNDS(2, "index out of bounds"),
    /** An integer was divided by zero. */
    DIVIDE_BY_ZERO(3, "division by zero"),
    /** A checked cast failed. */
    CAST(4, "wrong type in a cast"),
    /** An array was made with a negative length. */
    NEGATIVE_ARRAY_SIZE(5, "negative array size"),
    /** The program threw; the message holds the exception's type and constant text. */
    THROW(6, "exception thrown"),
    /** A switch that should cover everything met something else. */
    NO_MATCH(7, "no case matches"),
    /** The stack's end was reached. */
    STACK_OVERFLOW(8, "stack overflow"),
    /** The ambient region had no room left. */
    OUT_OF_REGION_MEMORY(9, "out of region memory"),
    /** WASM: {@code unreachable} was executed. */
    WASM_UNREACHABLE(32, "unreachable"),
    /** WASM: a load or store outside the memory. */
    WASM_MEMORY_BOUNDS(33, "out of bounds memory access"),
    /** WASM: a table index outside the table. */
    WASM_TABLE_BOUNDS(34, "out of bounds table access"),
    /** WASM: an indirect call of a null element. */
    WASM_INDIRECT_NULL(35, "uninitialized element"),
    /** WASM: an indirect call of a function of another type. */
    WASM_INDIRECT_TYPE(36, "indirect call type mismatch"),
    /** WASM: integer division by zero. */
    WASM_DIVIDE_BY_ZERO(37, "integer divide by zero"),
    /** WASM: signed division overflow, or a conversion out of range. */
    WASM_INTEGER_OVERFLOW(38, "integer overflow"),
    /** WASM: a NaN was converted to an integer. */
    WASM_INVALID_CONVERSION(39, "invalid conversion to integer"),
    /** WASM: too many nested calls. */
    WASM_CALL_STACK_EXHAUSTED(40, "call stack exhausted"),
    /** WASM: the program was stopped from outside. */
    WASM_INTERRUPTED(41, "interrupted");

    private final int code;
    private final String text;

    TrapKind(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** The number that stands in {@code .k23.traps}. */
    public int code() {
        return code;
    }

    /** A short text for people; the WASM ones are the specification's words. */
    public String text() {
        return text;
    }
}
