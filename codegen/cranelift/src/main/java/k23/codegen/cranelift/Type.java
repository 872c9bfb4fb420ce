package k23.codegen.cranelift;

/** A CLIF value type. The codes are those of the function description and never change. */
public enum Type {
    /** No type: an instruction whose types follow from its operands. */
    NONE(0, 0, "invalid"),
    /** 8-bit integer; also what comparisons result in (0 or 1). */
    I8(1, 1, "i8"),
    /** 16-bit integer. */
    I16(2, 2, "i16"),
    /** 32-bit integer. */
    I32(3, 4, "i32"),
    /** 64-bit integer, and the type of addresses. */
    I64(4, 8, "i64"),
    /** 128-bit integer: addition, subtraction, multiplication, shifts, comparisons; no division. */
    I128(5, 16, "i128"),
    /** IEEE 754 binary32. */
    F32(6, 4, "f32"),
    /** IEEE 754 binary64. */
    F64(7, 8, "f64");

    private final int code;
    private final int bytes;
    private final String clifName;

    Type(int code, int bytes, String clifName) {
        this.code = code;
        this.bytes = bytes;
        this.clifName = clifName;
    }

    /** The code in a function description. */
    public int code() {
        return code;
    }

    /** The size in bytes. */
    public int bytes() {
        return bytes;
    }

    /** The size in bits. */
    public int bits() {
        return bytes * 8;
    }

    /** Cranelift's name of the type. */
    public String clifName() {
        return clifName;
    }

    /** Whether this is one of the integer types. */
    public boolean isInteger() {
        return this != NONE && !isFloat();
    }

    /** Whether this is one of the floating-point types. */
    public boolean isFloat() {
        return this == F32 || this == F64;
    }
}
