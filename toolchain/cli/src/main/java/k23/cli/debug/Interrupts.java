package k23.cli.debug;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Ctrl-C, which the terminal sends to every process in its foreground, and so also to this one. */
final class Interrupts {
    private static final int SIGINT = 2;
    private static final MemorySegment SIG_IGN = MemorySegment.ofAddress(1);

    private Interrupts() {}

    /** Leaves Ctrl-C to the debugger from now on: it stops the guest, not the command. */
    static void ignore() {
        var linker = Linker.nativeLinker();
        var signal = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("signal"),
                FunctionDescriptor.of(
                        ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try {
            var _ = (MemorySegment) signal.invokeExact(SIGINT, SIG_IGN);
        } catch (Throwable e) {
            throw new IllegalStateException("signal", e);
        }
    }
}
