package k23.kernel.device;

import k23.kernel.Timer;
import k23.sdk.word.Span;

/**
 * One port of the console: a pipe of bytes to and from the world outside. Reading and writing wait
 * until there is something to read, or room.
 */
public final class ConsolePort {
    /** The role of the port that programs read from. */
    public static final int STDIN = 1;
    /** The role of the port that programs write to. */
    public static final int STDOUT = 2;

    private static final int SPINS = 200;
    private static final long SHORTEST_WAIT_NANOS = 50_000;
    private static final int LONGEST_WAIT_SHIFT = 6;

    private final VirtioConsole console;
    private final VirtQueue receive;
    private final VirtQueue transmit;
    private int roles;
    private boolean hostOpen;
    private int current = -1;
    private int position;
    private int limit;
    private int nextBuffer;

    ConsolePort(VirtioConsole console, VirtQueue receive, VirtQueue transmit) {
        this.console = console;
        this.receive = receive;
        this.transmit = transmit;
    }

    void addRoles(int value) {
        roles |= value;
    }

    boolean has(int role) {
        return (roles & role) != 0;
    }

    boolean isHostOpen() {
        return hostOpen;
    }

    void hostOpen(boolean value) {
        hostOpen = value;
    }

    void postReceiveBuffers() {
        receive.postAll();
    }

    /**
     * Reads at least one byte if {@code to} has room, waiting for it.
     *
     * @return how many; 0 when the other side closed the port and everything was read
     */
    public int read(Span to) {
        if (to.length() == 0) {
            return 0;
        }
        int spins = 0;
        while (position == limit) {
            if (!nextReceived()) {
                console.serveControl();
                // What came before the port closed is in the queue by now: it is read first.
                if (!hostOpen && !receive.hasUsed()) {
                    return 0;
                }
                spins = idle(spins);
            }
        }
        int count = (int) Math.min(to.length(), limit - position);
        to.put(0, receive.buffer(current).slice(position, count));
        position += count;
        return count;
    }

    /** Goes to the next buffer with data; false when there is none yet. */
    private boolean nextReceived() {
        if (current >= 0) {
            receive.post(current, VirtQueue.BUFFER_BYTES);
            receive.notifyDevice();
            current = -1;
            position = 0;
            limit = 0;
        }
        if (!receive.hasUsed()) {
            return false;
        }
        VirtQueue.Used used = receive.take();
        current = used.index();
        position = 0;
        limit = used.bytes();
        return true;
    }

    /**
     * Writes all of {@code from}; when it returns, the device has taken every byte.
     *
     * @return false when the other side closed the port: the rest is dropped
     */
    public boolean write(Span from) {
        long done = 0;
        while (done < from.length()) {
            console.serveControl();
            if (!hostOpen) {
                return false;
            }
            done += fill(from, done);
            transmit.notifyDevice();
            drain();
        }
        return true;
    }

    private long fill(Span from, long start) {
        long done = start;
        while (done < from.length() && transmit.inFlight() < VirtQueue.SIZE) {
            int count = (int) Math.min(from.length() - done, VirtQueue.BUFFER_BYTES);
            transmit.buffer(nextBuffer).put(0, from.slice(done, count));
            transmit.post(nextBuffer, count);
            nextBuffer = nextBuffer + 1 & VirtQueue.SIZE - 1;
            done += count;
        }
        return done - start;
    }

    /** Waits until the device has taken everything. */
    private void drain() {
        int spins = 0;
        while (transmit.inFlight() != 0) {
            if (transmit.hasUsed()) {
                transmit.take();
            } else {
                spins = idle(spins);
            }
        }
    }

    /** Waits a little: first busily, then with the hart idle for 50 us up to 3.2 ms. */
    static int idle(int spins) {
        if (spins >= SPINS) {
            int shift = Math.min(LONGEST_WAIT_SHIFT, (spins - SPINS) / 8);
            Timer.sleepUntil(Timer.monotonicNanos() + (SHORTEST_WAIT_NANOS << shift));
        }
        return spins + 1;
    }
}
