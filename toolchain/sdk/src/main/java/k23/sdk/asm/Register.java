package k23.sdk.asm;

/** The integer registers by their ABI names; the ordinal is the register's number. */
public enum Register {
    /** Always zero. */
    ZERO,
    /** Return address. */
    RA,
    /** Stack pointer. */
    SP,
    /** Global pointer: unused here. */
    GP,
    /** Thread pointer: this hart's block. */
    TP,
    /** Temporary. */
    T0,
    /** Temporary. */
    T1,
    /** Temporary. */
    T2,
    /** Saved; the frame pointer. */
    S0,
    /** Saved. */
    S1,
    /** First argument and result. */
    A0,
    /** Second argument and result. */
    A1,
    /** Argument. */
    A2,
    /** Argument. */
    A3,
    /** Argument. */
    A4,
    /** Argument. */
    A5,
    /** Argument; the function of an SBI call. */
    A6,
    /** Argument; the extension of an SBI call. */
    A7,
    /** Saved. */
    S2,
    /** Saved. */
    S3,
    /** Saved. */
    S4,
    /** Saved. */
    S5,
    /** Saved. */
    S6,
    /** Saved. */
    S7,
    /** Saved. */
    S8,
    /** Saved. */
    S9,
    /** Saved. */
    S10,
    /** Saved. */
    S11,
    /** Temporary. */
    T3,
    /** Temporary. */
    T4,
    /** Temporary. */
    T5,
    /** Temporary. */
    T6;

    private static final Register[] ALL = values();

    /** The register's number, 0 to 31. */
    public int number() {
        return ordinal();
    }

    /** Register x{@code number}, 0 to 31. */
    public static Register x(int number) {
        return ALL[number];
    }
}
