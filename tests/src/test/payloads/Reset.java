import k23.sdk.Entry;
import k23.sdk.Log;
import k23.sdk.boot.BootInfo;
import k23.sdk.riscv.Sbi;

/** Starts the machine again (SBI 2.0, section 10.1: cold reboot). */
public final class Reset {
    private static final long COLD_REBOOT = 1;

    private Reset() {}

    @Entry
    static void main(int hart, BootInfo boot) {
        Log.info("payload: resets");
        Sbi.call(Sbi.SYSTEM_RESET, 0, COLD_REBOOT, 0, 0);
        throw new IllegalStateException("the firmware did not reset the machine");
    }
}
