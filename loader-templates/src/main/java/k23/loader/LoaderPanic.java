package k23.loader;

import k23.sdk.Console;
import k23.sdk.Interrupt;
import k23.sdk.Log;
import k23.sdk.Symbol;
import k23.sdk.Symbols;
import k23.sdk.trace.Backtrace;
import k23.sdk.trace.CodeTables;
import k23.sdk.trace.TrapKinds;
import k23.sdk.trace.TrapSite;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/** A trap in the loader itself: what, where, called by whom; then the machine stops. */
final class LoaderPanic {
    private LoaderPanic() {}

    /**
     * Reports a trap.
     *
     * @param cause        the SCAUSE register
     * @param pc           the instruction that trapped
     * @param value        the STVAL register
     * @param framePointer the frame pointer of the function that trapped
     * @param returnTo     its return address register
     */
    @Interrupt
    @Symbol("k23_loader_trapped")
    static void report(long cause, long pc, long value, long framePointer, long returnTo) {
        CodeTables code = CodeTables.linked();
        TrapSite site = code.trapAt(pc);
        Log.begin("error");
        Log.print("loader: panic: ");
        if (site.isListed()) {
            Log.print(TrapKinds.text(site.kind()));
            Log.print(site.message().length() == 0 ? "" : ": ");
            Console.write(site.message());
        } else {
            Log.print("trap " + new Address(cause) + " at " + new Address(pc) + " on "
                    + new Address(value));
        }
        Log.end();
        Address image = new Address(Symbols.addressOf("__image_start"));
        Span stack = new Span(image, image.getLong(16));
        Backtrace.print(code, pc, returnTo, framePointer, stack);
        Stop.now();
    }
}
