package k23.junit.guest;

import k23.sdk.NoAllocation;
import k23.sdk.RawAccessAllowed;
import k23.sdk.TestDevice;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Hart;
import k23.sdk.riscv.Sbi;
import k23.sdk.trace.PayloadPanic;
import k23.sdk.word.Mmio;

/** A machine on which only the loader has run: it can be powered off; each payload tells panics. */
@RawAccessAllowed(reason = "it is all there is below a test: the end of the machine")
@NoAllocation
public final class BareMachine {
    /** The machine's exit status after a panic, the same as the kernel's. */
    public static final int PANIC_STATUS = PayloadPanic.STATUS;

    private static TestDevice testDevice = TestDevice.NONE;

    private BareMachine() {}

    /** Finds the test device: the loader left in SSCRATCH where it is. */
    public static void start() {
        testDevice = new TestDevice(new Mmio(Csr.read(Csr.SSCRATCH)));
    }

    /** Powers the machine off for good. */
    public static void off(int status) {
        testDevice.end(status);
        Sbi.shutdown();
        park();
    }

    /** The end of a hart on which nothing depends. */
    public static void park() {
        while (true) {
            Hart.waitForInterrupt();
        }
    }
}
