package k23.sdk.asm;

/** An integer register by its name in the calling convention (RISC-V ELF psABI). */
public enum Register {
    /** Always zero. */ ZERO,
    /** Return address. */ RA,
    /** Stack pointer. */ SP,
    /** Global pointer; unused here. */ GP,
    /** Thread pointer: this hart's {@link k23.sdk.boot.PerHart} block. */ TP,
    /** Temporary. */ T0,
    /** Temporary. */ T1,
    /** Temporary. */ T2,
    /** Frame pointer, saved by the callee. */ S0,
    /** Saved by the callee. */ S1,
    /** Argument and first result. */ A0,
    /** Argument and second result. */ A1,
    /** Argument. */ A2,
    /** Argument. */ A3,
    /** Argument. */ A4,
    /** Argument. */ A5,
    /** Argument. */ A6,
    /** Argument. */ A7,
    /** Saved by the callee. */ S2,
    /** Saved by the callee. */ S3,
    /** Saved by the callee. */ S4,
    /** Saved by the callee. */ S5,
    /** Saved by the callee. */ S6,
    /** Saved by the callee. */ S7,
    /** Saved by the callee. */ S8,
    /** Saved by the callee. */ S9,
    /** Saved by the callee. */ S10,
    /** Saved by the callee. */ S11,
    /** Temporary. */ T3,
    /** Temporary. */ T4,
    /** Temporary. */ T5,
    /** Temporary. */ T6;

    private static final Register[] ALL = values();

    /** Its number, 0 to 31. */
    public int number() {
        return ordinal();
    }

    /** The register x{@code number}; 0 to 31. */
    public static Register x(int number) {
        return ALL[number];
    }
}
