package k23.loader.machine;

import k23.sdk.At;
import k23.sdk.Struct;
import k23.sdk.word.Address;

/**
 * What the monitor knows of a hart, at the top of the hart's stack in M-mode.
 *
 * @param base the address of the structure
 */
@Struct(size = 48)
record HartState(Address base) {
    static final int BYTES = 48;
    static final int STATE_AT = 0;
    static final int START_AT = 8;
    static final int OPAQUE_AT = 16;
    static final int INTERRUPT_AT = 24;
    static final int FENCE_AT = 32;
    static final int MSIP_AT = 40;

    /** The hart is not in the monitor's memory yet. */
    static final long ARRIVING = -1;
    /** States as SBI numbers them. */
    static final long STARTED = 0;
    static final long STOPPED = 1;
    static final long START_PENDING = 2;

    /** {@link #STARTED} and so on. */
    @At(STATE_AT)
    long state() {
        return base.getLong(STATE_AT);
    }

    /** Sets {@link #state}. */
    @At(STATE_AT)
    void state(long value) {
        base.putLong(STATE_AT, value);
    }

    /** Sets where a pending start enters S-mode. */
    @At(START_AT)
    void start(long value) {
        base.putLong(START_AT, value);
    }

    /** Sets what it has in {@code a1} then. */
    @At(OPAQUE_AT)
    void opaque(long value) {
        base.putLong(OPAQUE_AT, value);
    }

    /** Not 0 when somebody wants the hart to have a supervisor software interrupt. */
    @At(INTERRUPT_AT)
    long interrupt() {
        return base.getLong(INTERRUPT_AT);
    }

    /** Sets {@link #interrupt}. */
    @At(INTERRUPT_AT)
    void interrupt(long value) {
        base.putLong(INTERRUPT_AT, value);
    }

    /** Not 0 when somebody waits for the hart to fence. */
    @At(FENCE_AT)
    long fence() {
        return base.getLong(FENCE_AT);
    }

    /** Sets {@link #fence}. */
    @At(FENCE_AT)
    void fence(long value) {
        base.putLong(FENCE_AT, value);
    }

    /** The device register that interrupts the hart in M-mode. */
    @At(MSIP_AT)
    long msip() {
        return base.getLong(MSIP_AT);
    }

    /** Sets {@link #msip}. */
    @At(MSIP_AT)
    void msip(long value) {
        base.putLong(MSIP_AT, value);
    }
}
