package k23.kernel.trap;

import k23.sdk.At;
import k23.sdk.Struct;
import k23.sdk.word.Address;

/**
 * The registers of the kernel where it trapped: the trap vector's layout (I4). Integer register i
 * stands at 8 * i.
 *
 * @param base the address of the structure, a multiple of 16
 */
@Struct(size = 272)
public record KernelFrame(Address base) {
    /** The size of the structure in bytes. */
    static final int BYTES = 272;
    /** The program counter, in the place of register 0. */
    static final int PC = 0;
    /** {@code scause}. */
    static final int CAUSE = 256;
    /** {@code stval}. */
    static final int VALUE = 264;

    private static final int RETURN_ADDRESS = 8;
    private static final int STACK_POINTER = 16;
    private static final int FRAME_POINTER = 64;

    /** The instruction that trapped. */
    @At(PC)
    public long pc() {
        return base.getLong(PC);
    }

    /** Why: see {@link Cause}. */
    @At(CAUSE)
    public long cause() {
        return base.getLong(CAUSE);
    }

    /** The address or instruction that was at fault. */
    @At(VALUE)
    public long value() {
        return base.getLong(VALUE);
    }

    /** The register {@code ra}. */
    @At(RETURN_ADDRESS)
    public long returnAddress() {
        return base.getLong(RETURN_ADDRESS);
    }

    /** The register {@code sp}. */
    @At(STACK_POINTER)
    public long stackPointer() {
        return base.getLong(STACK_POINTER);
    }

    /** The register {@code s0}. */
    @At(FRAME_POINTER)
    public long framePointer() {
        return base.getLong(FRAME_POINTER);
    }
}
