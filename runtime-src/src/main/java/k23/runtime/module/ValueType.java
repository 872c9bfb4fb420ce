package k23.runtime.module;

/**
 * The type of a value (Core 2.0, section 2.3.4).
 *
 * @param code the byte that stands for it in the binary format; 0 is {@link #UNKNOWN}
 */
public record ValueType(int code) {
    /** The code of {@code i32}. */
    public static final int I32_CODE = 0x7f;
    /** The code of {@code i64}. */
    public static final int I64_CODE = 0x7e;
    /** The code of {@code f32}. */
    public static final int F32_CODE = 0x7d;
    /** The code of {@code f64}. */
    public static final int F64_CODE = 0x7c;
    /** The code of {@code v128}. */
    public static final int V128_CODE = 0x7b;
    /** The code of {@code funcref}. */
    public static final int FUNCREF_CODE = 0x70;
    /** The code of {@code externref}. */
    public static final int EXTERNREF_CODE = 0x6f;

    /** 32-bit integer. */
    public static final ValueType I32 = new ValueType(I32_CODE);
    /** 64-bit integer. */
    public static final ValueType I64 = new ValueType(I64_CODE);
    /** 32-bit float. */
    public static final ValueType F32 = new ValueType(F32_CODE);
    /** 64-bit float. */
    public static final ValueType F64 = new ValueType(F64_CODE);
    /** 128-bit vector. */
    public static final ValueType V128 = new ValueType(V128_CODE);
    /** Reference to a function, or null. */
    public static final ValueType FUNCREF = new ValueType(FUNCREF_CODE);
    /** Reference to something of the embedder, or null. */
    public static final ValueType EXTERNREF = new ValueType(EXTERNREF_CODE);
    /** Any type at all: what operands have in code that cannot be reached. */
    public static final ValueType UNKNOWN = new ValueType(0);

    /** Whether both are the same type. */
    public boolean is(ValueType other) {
        return code == other.code;
    }

    /** Whether it is a reference. */
    public boolean isReference() {
        return isReference(code);
    }

    /** Whether this is the code of a reference type. */
    public static boolean isReference(int code) {
        return code == FUNCREF_CODE || code == EXTERNREF_CODE;
    }

    /** Its name in the text format. */
    public String text() {
        return switch (code) {
            case I32_CODE -> "i32";
            case I64_CODE -> "i64";
            case F32_CODE -> "f32";
            case F64_CODE -> "f64";
            case V128_CODE -> "v128";
            case FUNCREF_CODE -> "funcref";
            case EXTERNREF_CODE -> "externref";
            default -> "unknown";
        };
    }
}
