package k23.junit.guest;

import k23.sdk.Console;
import k23.sdk.Log;
import k23.sdk.NoAllocation;
import k23.sdk.RawAccessAllowed;
import k23.sdk.Symbol;
import k23.sdk.Symbols;
import k23.sdk.Template;
import k23.sdk.TestDevice;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.Label;
import k23.sdk.asm.Register;
import k23.sdk.boot.PerHart;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Hart;
import k23.sdk.riscv.Sbi;
import k23.sdk.trace.Backtrace;
import k23.sdk.trace.CodeTables;
import k23.sdk.trace.TrapKinds;
import k23.sdk.trace.TrapSite;
import k23.sdk.word.Address;
import k23.sdk.word.Mmio;
import k23.sdk.word.Span;

/** A machine on which only the loader has run: panics are told, and it can be powered off. */
@RawAccessAllowed(reason = "it is all there is below a test: console, power, traps")
@NoAllocation
public final class BareMachine {
    /** The machine's exit status after a panic, the same as the kernel's. */
    public static final int PANIC_STATUS = 70;

    private static final long LOAD_FAULT = 13;
    private static final long STORE_FAULT = 15;
    private static final long PAGE_BYTES = 4096;
    /** What the compiler reserves for each hart. */
    private static final int PER_HART_BYTES = 4096;

    private static TestDevice testDevice = TestDevice.NONE;

    private BareMachine() {}

    /** Has this hart's panics told. The loader left in SSCRATCH where the test device is. */
    public static void start() {
        testDevice = new TestDevice(new Mmio(Csr.read(Csr.SSCRATCH)));
        Csr.write(Csr.STVEC, Symbols.addressOf("k23_junit_trap"));
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

    /**
     * The trap vector. Its stack is the free end of the hart's block, since the hart's own may be
     * what is exhausted; a second trap only powers off.
     */
    @Template("k23_junit_trap")
    static void trap(Assembler a) {
        Label again = a.label("again");
        a.align(4);
        a.la(Register.T0, again);
        a.csrw(Csr.STVEC, Register.T0);
        a.csrr(Register.A0, Csr.SCAUSE);
        a.csrr(Register.A1, Csr.SEPC);
        a.csrr(Register.A2, Csr.STVAL);
        a.mv(Register.A3, Register.S0);
        a.mv(Register.A4, Register.RA);
        a.li(Register.T0, PER_HART_BYTES);
        a.add(Register.SP, Register.TP, Register.T0);
        a.li(Register.S0, 0);
        a.call("k23_junit_trapped");
        a.align(4);
        a.bind(again);
        a.li(Register.A7, Sbi.SYSTEM_RESET);
        a.li(Register.A6, 0);
        a.li(Register.A0, 0);
        a.li(Register.A1, 1);
        a.ecall();
        Label halt = a.here();
        a.wfi();
        a.j(halt);
    }

    @Symbol("k23_junit_trapped")
    static void trapped(long cause, long pc, long value, long framePointer, long returnTo) {
        CodeTables code = CodeTables.linked();
        Log.print("\n");
        Log.begin("panic");
        reason(code.trapAt(pc), cause, pc, value);
        Log.end();
        PerHart hart = PerHart.current();
        Span stack = Span.between(new Address(hart.stackBottom()), new Address(hart.stackTop()));
        Backtrace.print(code, pc, returnTo, framePointer, stack);
        off(PANIC_STATUS);
    }

    private static void reason(TrapSite site, long cause, long pc, long value) {
        boolean isFault = cause == LOAD_FAULT || cause == STORE_FAULT;
        long below = PerHart.current().stackBottom() - value;
        if (isFault && below > 0 && below <= PAGE_BYTES) {
            Log.print(TrapKinds.text(TrapKinds.STACK_OVERFLOW));
        } else if (site.message().length() != 0) {
            Console.write(site.message());
        } else if (site.isListed() && (site.kind() != TrapKinds.NULL
                || !isFault || Long.compareUnsigned(value, PAGE_BYTES) < 0)) {
            Log.print(TrapKinds.text(site.kind()));
        } else {
            Log.print("trap " + cause + ", address " + new Address(value) + ", pc "
                    + new Address(pc));
        }
    }
}
