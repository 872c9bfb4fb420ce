package k23.runtime.wasi;

import k23.sdk.word.Span;

/** What WASI needs of the machine; the kernel on the device, a recording in tests. */
public interface Host {
    /** Nanoseconds of a clock that never goes back, from some moment before the start. */
    long monotonicNanos();

    /** Nanoseconds since 1970; from the start of the machine where it has no calendar. */
    long realtimeNanos();

    /** Nanoseconds between two ticks of the clocks. */
    long tickNanos();

    /** Returns when {@link #monotonicNanos} has reached a value; others may run meanwhile. */
    void sleepUntil(long monotonicNanos);

    /** 64 random bits. */
    long random();

    /** Reads standard input into a span of at least one byte: how many, or 0 at the end. */
    long readInput(Span buffer);

    /** Writes standard output: all of it, or false when the other side is gone. */
    boolean writeOutput(Span bytes);

    /** Writes standard error. */
    void writeError(Span bytes);

    /** Ends a line of standard error that was left unfinished: other text is to follow. */
    void endErrorLine();
}
