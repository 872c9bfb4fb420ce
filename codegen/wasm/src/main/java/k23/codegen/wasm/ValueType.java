package k23.codegen.wasm;

import k23.codegen.cranelift.Type;

/** A WASM value type with the machine type that carries it (Core 2.0, section 2.3). */
public enum ValueType {
    /** 32-bit integer, sign-extended: what RISC-V's own 32-bit instructions make of them. */
    I32(0x7f, "i32", Type.I64),
    /** 64-bit integer. */
    I64(0x7e, "i64", Type.I64),
    /** IEEE 754 binary32. */
    F32(0x7d, "f32", Type.F32),
    /** IEEE 754 binary64. */
    F64(0x7c, "f64", Type.F64),
    /** A function: the address of its {@linkplain InstanceLayout#FUNCREF_BYTES funcref}, or 0. */
    FUNCREF(0x70, "funcref", Type.I64),
    /** A host's value, opaque; 0 is null. */
    EXTERNREF(0x6f, "externref", Type.I64);

    private final int code;
    private final String text;
    private final Type machine;

    ValueType(int code, String text, Type machine) {
        this.code = code;
        this.text = text;
        this.machine = machine;
    }

    /** The type's byte in the binary format. */
    public int code() {
        return code;
    }

    /** The type's name in the text format. */
    public String text() {
        return text;
    }

    /** What carries a value in machine code. */
    public Type machine() {
        return machine;
    }

    /** Whether this is a reference type. */
    public boolean isReference() {
        return this == FUNCREF || this == EXTERNREF;
    }

    /** The type of a byte of the binary format, which validation has seen. */
    public static ValueType of(int code) {
        for (ValueType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("value type 0x" + Integer.toHexString(code));
    }
}
