package k23.codegen.cranelift;

/** How arguments travel. On RISC-V all of them are LP64D; they differ in tail calls. */
public enum CallConvention {
    /** The psABI's LP64D convention, two integer and two float results at most. */
    SYSTEM_V(0),
    /** Like {@link #SYSTEM_V}; Cranelift may change it between versions. */
    FAST(1),
    /** The only convention that {@code return_call} accepts, on both sides. */
    TAIL(2);

    private final int code;

    CallConvention(int code) {
        this.code = code;
    }

    /** The code in a function description. */
    public int code() {
        return code;
    }
}
