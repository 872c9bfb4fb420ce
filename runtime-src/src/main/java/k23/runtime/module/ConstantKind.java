package k23.runtime.module;

/** What a constant expression does. */
public enum ConstantKind {
    /** There is none. */
    NONE,
    /** {@code i32.const}: the low 32 bits. */
    I32,
    /** {@code i64.const}. */
    I64,
    /** {@code f32.const}: the low 32 bits are the float's. */
    F32,
    /** {@code f64.const}: the float's bits. */
    F64,
    /** {@code ref.null}: a null reference. */
    REF_NULL,
    /** {@code ref.func}: the bits are a function's index. */
    REF_FUNC,
    /** {@code global.get}: the bits are a global's index. */
    GLOBAL,
    /** More than one instruction: to be computed from its code. */
    COMPUTED
}
