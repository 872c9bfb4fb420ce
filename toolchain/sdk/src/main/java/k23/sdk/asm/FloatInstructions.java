package k23.sdk.asm;

/** Of F and D what saving and restoring a context needs. */
public interface FloatInstructions {
    /** The floating-point control and status register. */
    int FCSR = 3;

    /** Loads a float at base + offset, -2048 to 2047. */
    void flw(FloatRegister rd, int offset, Register base);

    /** Loads a double at base + offset, -2048 to 2047. */
    void fld(FloatRegister rd, int offset, Register base);

    /** Stores a float at base + offset, -2048 to 2047. */
    void fsw(FloatRegister source, int offset, Register base);

    /** Stores a double at base + offset, -2048 to 2047. */
    void fsd(FloatRegister source, int offset, Register base);

    /** Moves the 64 bits of rs1 to a float register. */
    void fmvDX(FloatRegister rd, Register rs1);

    /** Moves the 64 bits of a float register to rd. */
    void fmvXD(Register rd, FloatRegister rs1);
}
