package k23.sdk.riscv;

import k23.sdk.Intrinsic;
import k23.sdk.RawAccess;
import k23.sdk.sim.Machine;

/** Calls to the supervisor's firmware (RISC-V SBI Specification 2.0). */
public final class Sbi {
    /** Legacy console putchar, the fallback where firmware has no debug console. */
    public static final long LEGACY_PUTCHAR = 0x01;
    /** Base extension. */
    public static final long BASE = 0x10;
    /** Timer extension, "TIME". */
    public static final long TIMER = 0x54494D45;
    /** Inter-processor interrupts, "sPI". */
    public static final long IPI = 0x735049;
    /** Remote fences, "RFNC". */
    public static final long REMOTE_FENCE = 0x52464E43;
    /** Hart state management, "HSM". */
    public static final long HART_STATE = 0x48534D;
    /** System reset, "SRST". */
    public static final long SYSTEM_RESET = 0x53525354;
    /** Debug console, "DBCN". */
    public static final long DEBUG_CONSOLE = 0x4442434E;

    private static final long BASE_PROBE_EXTENSION = 3;
    private static final long RESET_SHUTDOWN = 0;
    private static final long RESET_COLD_REBOOT = 1;

    private Sbi() {}

    /**
     * Calls the firmware: a7 = {@code extension}, a6 = {@code function}, a0 to a2 the arguments.
     * Memory accesses are neither moved before nor behind it.
     */
    @RawAccess(instead = "the other methods of Sbi, or Console")
    @Intrinsic
    public static SbiResult call(
            long extension, long function, long arg0, long arg1, long arg2) {
        return Machine.current().sbi(extension, function, arg0, arg1, arg2);
    }

    /** Whether the firmware has {@code extension}. */
    public static boolean has(long extension) {
        SbiResult result = call(BASE, BASE_PROBE_EXTENSION, extension, 0, 0);
        return result.isSuccess() && result.value() != 0;
    }

    /** Sets this hart's next timer interrupt to absolute {@code time}, in timebase ticks. */
    public static void setTimer(long time) {
        call(TIMER, 0, time, 0, 0);
    }

    /** Powers the machine off. The exit status is the firmware's choice: QEMU's is always 0. */
    public static void shutdown() {
        call(SYSTEM_RESET, 0, RESET_SHUTDOWN, 0, 0);
    }

    /** Starts the machine again, as after power-on; returns where the firmware cannot. */
    public static void reset() {
        call(SYSTEM_RESET, 0, RESET_COLD_REBOOT, 0, 0);
    }
}
