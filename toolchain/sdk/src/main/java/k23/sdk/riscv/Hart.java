package k23.sdk.riscv;

import k23.sdk.Blocking;
import k23.sdk.Exempt;
import k23.sdk.Intrinsic;
import k23.sdk.RawAccess;
import k23.sdk.Regime;
import k23.sdk.sim.Machine;

/** What a hart does besides computing: fences, waiting, its thread pointer. */
public final class Hart {
    private Hart() {}

    /** The thread pointer: the address of this hart's {@link k23.sdk.boot.PerHart} block. */
    @Intrinsic
    public static long threadPointer() {
        return Machine.current().threadPointer();
    }

    /** Sets the thread pointer. */
    @RawAccess(instead = "PerHart.current(), which the loader has set up")
    @Intrinsic
    public static void setThreadPointer(long value) {
        Machine.current().threadPointer(value);
    }

    /** The frame pointer of the calling method: [fp] is the caller's fp, [fp + 8] its return. */
    @Intrinsic
    public static long framePointer() {
        return 0;
    }

    /** {@code wfi}: waits until an interrupt is pending (or not at all). */
    @Blocking
    @Intrinsic
    public static void waitForInterrupt() {}

    /** Stops this hart for good. */
    @Exempt(regime = Regime.INTERRUPT, reason = "nothing is waited for: there is no way on")
    public static void halt() {
        while (true) {
            waitForInterrupt();
        }
    }

    /** {@code fence iorw, iorw}: every access before is visible before every access behind. */
    @Intrinsic
    public static void fence() {}

    /** {@code fence.i}: instructions written by this hart before are seen by its fetches behind. */
    @Intrinsic
    public static void fenceInstructions() {}

    /** {@code sfence.vma}: page-table writes before are seen by translations behind, all pages. */
    @Intrinsic
    public static void fenceTranslations() {}
}
