package k23.sdk.asm;

/** A floating-point register, f0 to f31, by its name in the calling convention. */
public enum FloatRegister {
    /** Temporary. */ FT0,
    /** Temporary. */ FT1,
    /** Temporary. */ FT2,
    /** Temporary. */ FT3,
    /** Temporary. */ FT4,
    /** Temporary. */ FT5,
    /** Temporary. */ FT6,
    /** Temporary. */ FT7,
    /** Saved by the callee. */ FS0,
    /** Saved by the callee. */ FS1,
    /** Argument and result. */ FA0,
    /** Argument and result. */ FA1,
    /** Argument. */ FA2,
    /** Argument. */ FA3,
    /** Argument. */ FA4,
    /** Argument. */ FA5,
    /** Argument. */ FA6,
    /** Argument. */ FA7,
    /** Saved by the callee. */ FS2,
    /** Saved by the callee. */ FS3,
    /** Saved by the callee. */ FS4,
    /** Saved by the callee. */ FS5,
    /** Saved by the callee. */ FS6,
    /** Saved by the callee. */ FS7,
    /** Saved by the callee. */ FS8,
    /** Saved by the callee. */ FS9,
    /** Saved by the callee. */ FS10,
    /** Saved by the callee. */ FS11,
    /** Temporary. */ FT8,
    /** Temporary. */ FT9,
    /** Temporary. */ FT10,
    /** Temporary. */ FT11;

    private static final FloatRegister[] ALL = values();

    /** Its number, 0 to 31. */
    public int number() {
        return ordinal();
    }

    /** The register f{@code number}; 0 to 31. */
    public static FloatRegister f(int number) {
        return ALL[number];
    }
}
