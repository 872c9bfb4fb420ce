package k23.kernel;

import k23.kernel.trap.Cause;
import k23.kernel.trap.KernelFrame;
import k23.sdk.Console;
import k23.sdk.Log;
import k23.sdk.NoAllocation;
import k23.sdk.boot.PerHart;
import k23.sdk.trace.Backtrace;
import k23.sdk.trace.CodeTables;
import k23.sdk.trace.TrapKinds;
import k23.sdk.trace.TrapSite;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/** The end of the kernel when it finds a bug in itself: what, where, who called, and power off. */
@NoAllocation
public final class Panic {
    /** The machine's exit code after a panic. */
    public static final int EXIT_CODE = 70;

    /** Accesses below this address are to a field or element of null. */
    private static final long NULL_BYTES = 4096;
    private static final long GUARD_BYTES = 64 << 10;

    private Panic() {}

    /** A trap of the kernel: never returns. */
    public static void trapped(KernelFrame frame) {
        CodeTables code = CodeTables.linked();
        Log.print("\n");
        Log.begin("panic");
        reason(code.trapAt(frame.pc()), frame);
        Log.end();
        Backtrace.print(code, frame.pc(), frame.returnAddress(), frame.framePointer(), stack());
        Power.off(EXIT_CODE);
    }

    /** A trap while a trap was being handled: says so with as little as possible. */
    public static void nested(KernelFrame frame) {
        Log.error("trap inside of the trap handler: " + Cause.text(frame.cause()) + " at "
                + new Address(frame.pc()) + ", address " + new Address(frame.value()));
        Power.off(EXIT_CODE);
    }

    private static void reason(TrapSite site, KernelFrame frame) {
        if (isStackGuard(frame)) {
            Log.print(TrapKinds.text(TrapKinds.STACK_OVERFLOW));
        } else if (site.message().length() != 0) {
            Console.write(site.message());
        } else if (site.isListed() && (site.kind() != TrapKinds.NULL || isNull(frame))) {
            Log.print(TrapKinds.text(site.kind()));
        } else {
            Log.append(Cause.text(frame.cause()) + ", address " + new Address(frame.value())
                    + ", pc " + new Address(frame.pc()));
        }
    }

    private static boolean isNull(KernelFrame frame) {
        return !Cause.isPageFault(frame.cause())
                || Long.compareUnsigned(frame.value(), NULL_BYTES) < 0;
    }

    private static boolean isStackGuard(KernelFrame frame) {
        long below = PerHart.current().stackBottom() - frame.value();
        return Cause.isPageFault(frame.cause()) && below > 0 && below <= GUARD_BYTES;
    }

    private static Span stack() {
        PerHart hart = PerHart.current();
        return Span.between(new Address(hart.stackBottom()), new Address(hart.stackTop()));
    }
}
