package k23.codegen.wasm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;
import k23.runtime.program.UserSpace;
import k23.sdk.sim.Machine;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/** An address space of the simulated machine whose thread does what a test says, not code. */
final class ScriptedSpace implements UserSpace {
    /** What the program does next: sets registers, and gives the event that ends it. */
    final Deque<IntSupplier> steps = new ArrayDeque<>();
    /** Segments as they were loaded: address, writable, executable. */
    final List<String> loaded = new ArrayList<>();
    /** How many bytes may still be mapped. */
    long bytesLeft = 1L << 30;
    long faultAddress;
    private final long[] registers = new long[32];
    private final List<Long> starts = new ArrayList<>();
    private final List<Long> committed = new ArrayList<>();
    private long pc;
    private boolean open;

    @Override
    public boolean load(long address, Span contents, long memBytes, boolean writable,
            boolean executable) {
        Machine.current().map(address, memBytes);
        new Span(new Address(address), contents.length()).put(0, contents);
        loaded.add((writable ? "w" : "-") + (executable ? "x" : "-"));
        return true;
    }

    @Override
    public int reserve(long address, long bytes) {
        starts.add(address);
        committed.add(0L);
        return starts.size() - 1;
    }

    @Override
    public boolean commit(int reservation, long bytes) {
        long more = bytes - committed.get(reservation);
        if (more < 0 || bytes % 4096 != 0) {
            throw new IllegalArgumentException("commit of " + bytes);
        }
        if (more > bytesLeft) {
            return false;
        }
        bytesLeft -= more;
        if (more > 0) {
            Machine.current().map(starts.get(reservation) + committed.get(reservation), more);
        }
        committed.set(reservation, bytes);
        return true;
    }

    @Override
    public void open() {
        if (open) {
            throw new IllegalStateException("open twice");
        }
        open = true;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public int run() {
        if (open) {
            throw new IllegalStateException("the program runs while its memory is open");
        }
        return steps.remove().getAsInt();
    }

    @Override
    public long faultAddress() {
        return faultAddress;
    }

    @Override
    public long pc() {
        return pc;
    }

    @Override
    public void pc(long value) {
        pc = value;
    }

    @Override
    public long register(int number) {
        return registers[number];
    }

    @Override
    public void register(int number, long value) {
        registers[number] = value;
    }
}
