package k23.runtime.wasi;

import java.io.ByteArrayOutputStream;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;

/** A host that keeps what is written and gives what a test put in. */
public final class RecordingHost implements Host {
    /** What was written to standard output. */
    public final ByteArrayOutputStream output = new ByteArrayOutputStream();
    /** What was written to standard error. */
    public final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    /** What standard input gives. */
    public byte[] input = {};
    /** The clock; sleeping sets it. */
    public long nanos = 1_000;
    /** Whether the reader of standard output is gone. */
    public boolean outputClosed;
    private int inputAt;

    @Override
    public long monotonicNanos() {
        return nanos;
    }

    @Override
    public long realtimeNanos() {
        return nanos + 1_000_000;
    }

    @Override
    public long tickNanos() {
        return 100;
    }

    @Override
    public void sleepUntil(long monotonicNanos) {
        nanos = Math.max(nanos, monotonicNanos);
    }

    @Override
    public long random() {
        return 0x0102030405060708L;
    }

    @Override
    public long readInput(Span buffer) {
        int count = (int) Math.min(buffer.length(), input.length - inputAt);
        buffer.put(0, input, inputAt, count);
        inputAt += count;
        return count;
    }

    @Override
    public boolean writeOutput(Span bytes) {
        output.writeBytes(Machine.current().bytes(bytes));
        return !outputClosed;
    }

    @Override
    public void writeError(Span bytes) {
        errors.writeBytes(Machine.current().bytes(bytes));
    }

    @Override
    public void endErrorLine() {
        if (errors.size() > 0 && errors.toByteArray()[errors.size() - 1] != '\n') {
            errors.write('\n');
        }
    }
}
