package k23.sdk.trace;

import k23.sdk.Console;
import k23.sdk.Interrupt;
import k23.sdk.Log;
import k23.sdk.RawAccessAllowed;
import k23.sdk.TestDevice;
import k23.sdk.boot.PerHart;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Hart;
import k23.sdk.riscv.Sbi;
import k23.sdk.word.Address;
import k23.sdk.word.Mmio;
import k23.sdk.word.Span;

/**
 * What becomes of a trap in a payload that has set no trap vector of its own: what, where, called
 * by whom; then the machine ends.
 */
@RawAccessAllowed(reason = "it reads where the loader left the device that ends the machine")
public final class PayloadPanic {
    /** The machine's exit status. */
    public static final int STATUS = 70;

    private static final long LOAD_FAULT = 13;
    private static final long STORE_FAULT = 15;
    /** Accesses below this address are to a field or element of null. */
    private static final long NULL_BYTES = 4096;
    private static final long GUARD_BYTES = 64 << 10;

    private PayloadPanic() {}

    /**
     * Reports a trap; called by the vector that the payload starts with.
     *
     * @param cause        the SCAUSE register
     * @param pc           the instruction that trapped
     * @param value        the STVAL register
     * @param framePointer the frame pointer of the function that trapped
     * @param returnTo     its return address register
     */
    @Interrupt
    public static void report(long cause, long pc, long value, long framePointer, long returnTo) {
        CodeTables code = CodeTables.linked();
        PerHart hart = PerHart.current();
        Log.print("\n");
        Log.begin("panic");
        reason(code.trapAt(pc), cause, pc, value);
        Log.end();
        Backtrace.print(code, pc, returnTo, framePointer,
                Span.between(new Address(hart.stackBottom()), new Address(hart.stackTop())));
        new TestDevice(new Mmio(Csr.read(Csr.SSCRATCH))).end(STATUS);
        Sbi.shutdown();
        Hart.halt();
    }

    private static void reason(TrapSite site, long cause, long pc, long value) {
        boolean isFault = cause == LOAD_FAULT || cause == STORE_FAULT;
        long below = PerHart.current().stackBottom() - value;
        if (isFault && below > 0 && below <= GUARD_BYTES) {
            Log.print(TrapKinds.text(TrapKinds.STACK_OVERFLOW));
        } else if (site.message().length() != 0) {
            Console.write(site.message());
        } else if (site.isListed() && (site.kind() != TrapKinds.NULL
                || !isFault || Long.compareUnsigned(value, NULL_BYTES) < 0)) {
            Log.print(TrapKinds.text(site.kind()));
        } else {
            Log.append("trap " + cause + ", address " + new Address(value) + ", pc "
                    + new Address(pc));
        }
    }
}
