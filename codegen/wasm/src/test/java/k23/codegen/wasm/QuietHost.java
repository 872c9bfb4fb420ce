package k23.codegen.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import k23.runtime.wasi.Host;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;

/** A host with standing clocks and empty input, which keeps what is written to its output. */
final class QuietHost implements Host {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    @Override
    public long monotonicNanos() {
        return 0;
    }

    @Override
    public long realtimeNanos() {
        return 0;
    }

    @Override
    public long tickNanos() {
        return 1;
    }

    @Override
    public void sleepUntil(long monotonicNanos) {}

    @Override
    public long random() {
        return 0;
    }

    @Override
    public long readInput(Span buffer) {
        return 0;
    }

    @Override
    public boolean writeOutput(Span bytes) {
        output.writeBytes(Machine.current().bytes(bytes));
        return true;
    }

    @Override
    public void writeError(Span bytes) {}

    @Override
    public void endErrorLine() {}
}
