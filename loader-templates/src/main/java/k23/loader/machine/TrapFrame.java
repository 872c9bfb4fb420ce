package k23.loader.machine;

import k23.sdk.At;
import k23.sdk.Struct;
import k23.sdk.word.Address;

/**
 * The registers of S-mode that a trap saves: those that a call may change.
 *
 * @param base the address of the structure
 */
@Struct(size = 144)
record TrapFrame(Address base) {
    static final int BYTES = 144;
    static final int A0_AT = 64;
    private static final int A1_AT = 72;
    private static final int A2_AT = 80;
    private static final int A6_AT = 112;
    private static final int A7_AT = 120;
    static final int SP_AT = 128;

    /** The first argument, and the first result. */
    @At(A0_AT)
    long a0() {
        return base.getLong(A0_AT);
    }

    /** Sets {@link #a0}. */
    @At(A0_AT)
    void a0(long value) {
        base.putLong(A0_AT, value);
    }

    /** The second argument, and the second result. */
    @At(A1_AT)
    long a1() {
        return base.getLong(A1_AT);
    }

    /** Sets {@link #a1}. */
    @At(A1_AT)
    void a1(long value) {
        base.putLong(A1_AT, value);
    }

    /** The third argument. */
    @At(A2_AT)
    long a2() {
        return base.getLong(A2_AT);
    }

    /** The function. */
    @At(A6_AT)
    long function() {
        return base.getLong(A6_AT);
    }

    /** The extension. */
    @At(A7_AT)
    long extension() {
        return base.getLong(A7_AT);
    }
}
