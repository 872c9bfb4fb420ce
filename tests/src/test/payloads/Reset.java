import k23.sdk.Entry;
import k23.sdk.Log;
import k23.sdk.boot.BootInfo;
import k23.sdk.riscv.Sbi;

/** Starts the machine again. */
public final class Reset {
    private Reset() {}

    @Entry
    static void main(int hart, BootInfo boot) {
        Log.info("payload: resets");
        Sbi.reset();
        throw new IllegalStateException("the firmware did not reset the machine");
    }
}
