package k23.kernel.trap;

import k23.sdk.At;
import k23.sdk.Struct;
import k23.sdk.word.Address;

/**
 * Everything of a program that a hart holds while it runs it: the trap vector's layout (I4). The
 * registers are those of user mode whenever {@link UserMode#run} is not under way.
 *
 * @param base the address of the structure, a multiple of 8
 */
@Struct(size = 560)
public record UserContext(Address base) {
    /** The size of the structure in bytes. */
    public static final int BYTES = 560;

    /** The program counter; integer register i stands at 8 * i, and there is no register 0. */
    static final int PC = 0;
    /** Float register i stands at FLOATS + 8 * i. */
    static final int FLOATS = 256;
    /** The float control and status register. */
    static final int FLOAT_STATUS = 512;
    /** {@code scause} of the last trap. */
    static final int CAUSE = 520;
    /** {@code stval} of the last trap. */
    static final int VALUE = 528;
    /** The kernel's stack pointer while the program runs. */
    static final int KERNEL_STACK = 536;
    /** The kernel's thread pointer while the program runs. */
    static final int KERNEL_THREAD = 544;

    private static final int STACK_POINTER = 8 * 2;
    private static final int FRAME_POINTER = 8 * 8;
    private static final int RETURN_ADDRESS = 8;

    /** Where the program goes on. */
    @At(PC)
    public long pc() {
        return base.getLong(PC);
    }

    /** Sets where the program goes on. */
    @At(PC)
    public void pc(long value) {
        base.putLong(PC, value);
    }

    /** Why the program stopped: see {@link Cause}. */
    @At(CAUSE)
    public long cause() {
        return base.getLong(CAUSE);
    }

    /** The address or instruction that the program stopped at. */
    @At(VALUE)
    public long value() {
        return base.getLong(VALUE);
    }

    /** The stack pointer. */
    @At(STACK_POINTER)
    public long stackPointer() {
        return base.getLong(STACK_POINTER);
    }

    /** Sets the stack pointer. */
    @At(STACK_POINTER)
    public void stackPointer(long value) {
        base.putLong(STACK_POINTER, value);
    }

    /** The frame pointer, {@code s0}. */
    @At(FRAME_POINTER)
    public long framePointer() {
        return base.getLong(FRAME_POINTER);
    }

    /** The return address, {@code ra}. */
    @At(RETURN_ADDRESS)
    public long returnAddress() {
        return base.getLong(RETURN_ADDRESS);
    }

    /** Integer register {@code number}, 0 to 31. */
    public long register(int number) {
        return number == 0 ? 0 : base.getLong(8L * check(number));
    }

    /** Sets integer register {@code number}, 1 to 31. */
    public void register(int number, long value) {
        if (number == 0) {
            throw new IllegalArgumentException("register 0 is constant");
        }
        base.putLong(8L * check(number), value);
    }

    /** Argument {@code index} of a call, 0 to 7: registers {@code a0} to {@code a7}. */
    public long argument(int index) {
        return register(10 + (index & 7));
    }

    /** Sets the result of a call, {@code a0}. */
    public void result(long value) {
        register(10, value);
    }

    private static int check(int number) {
        if (number < 0 || number > 31) {
            throw new IllegalArgumentException("no such register");
        }
        return number;
    }
}
