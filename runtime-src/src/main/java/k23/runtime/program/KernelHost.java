package k23.runtime.program;

import k23.kernel.Entropy;
import k23.kernel.Timer;
import k23.kernel.device.ConsolePort;
import k23.kernel.device.Devices;
import k23.runtime.wasi.Host;
import k23.sdk.Console;
import k23.sdk.word.Span;

/** The machine as WASI sees it: the kernel's clocks, randomness and console ports. */
public final class KernelHost implements Host {
    private boolean unfinishedLine;

    /** The host of one program. */
    public KernelHost() {}

    @Override
    public long monotonicNanos() {
        return Timer.monotonicNanos();
    }

    @Override
    public long realtimeNanos() {
        return Timer.realtimeNanos();
    }

    @Override
    public long tickNanos() {
        return Timer.tickNanos();
    }

    @Override
    public void sleepUntil(long monotonicNanos) {
        Timer.sleepUntil(monotonicNanos);
    }

    @Override
    public long random() {
        return Entropy.next();
    }

    /** A machine without a port for input has an empty one. */
    @Override
    public long readInput(Span buffer) {
        ConsolePort port = Devices.input();
        return port == null ? 0 : port.read(buffer);
    }

    /** A machine without a port for output shows it on the log's console. */
    @Override
    public boolean writeOutput(Span bytes) {
        ConsolePort port = Devices.output();
        if (port == null) {
            Console.write(bytes);
            return true;
        }
        return port.write(bytes);
    }

    @Override
    public void writeError(Span bytes) {
        Console.write(bytes);
        if (bytes.length() > 0) {
            unfinishedLine = bytes.getUnsignedByte(bytes.length() - 1) != '\n';
        }
    }

    @Override
    public void endErrorLine() {
        if (unfinishedLine) {
            Console.write('\n');
            unfinishedLine = false;
        }
    }
}
