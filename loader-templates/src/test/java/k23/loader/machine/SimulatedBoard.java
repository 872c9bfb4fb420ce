package k23.loader.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import k23.loader.TestTree;
import k23.loader.memory.MemoryMap;
import k23.sdk.devicetree.DeviceTree;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.SbiResult;
import k23.sdk.sim.Device;
import k23.sdk.sim.Machine;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/** A machine with harts 0, 1 and 3, of which one runs at a time, and their devices. */
final class SimulatedBoard implements HartControl {
    static final long MEMORY = 0x8000_0000L;
    static final long MEMORY_BYTES = 16 << 20;
    static final long OWN = 0x8020_0000L;
    static final long OWN_BYTES = 0x4_0000;
    static final long TIMERS = 0x200_4000L;
    private static final long SERIAL = 0x1000_0000L;
    private static final long CLINT = 0x200_0000L;
    private static final long TEST = 0x10_0000L;

    final StringBuilder output = new StringBuilder();
    final Deque<Integer> input = new ArrayDeque<>();
    /** Who fenced, who was interrupted, who stopped, and what the timers were set to. */
    final List<String> events = new ArrayList<>();
    final Machine machine;
    final Board board = new Board();
    final HartRequests requests = new HartRequests(board, this);
    final Services services = new Services(board, this, requests);
    private final TrapFrame frame;

    /** Ends a test's call as the machine would end. */
    static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1;

        Ended(long command) {
            super(Long.toHexString(command));
        }
    }

    SimulatedBoard(boolean hasDevices) {
        DeviceTree tree = tree(hasDevices);
        machine = Machine.current();
        machine.map(OWN, OWN_BYTES);
        machine.attach(SERIAL, 8, device(this::readSerial, this::writeSerial));
        machine.attach(CLINT, 0x1_0000, device((_, _) -> 0, this::writeClint));
        machine.attach(TEST, 4, device((_, _) -> 0, (_, bits) -> {
            throw new Ended(bits);
        }));
        MemoryMap map = new MemoryMap();
        map.addMemory(new PhysAddress(MEMORY), MEMORY_BYTES);
        board.read(tree, map, hasDevices ? TEST : 0, 0);
        board.place(OWN, OWN_BYTES, OWN);
        frame = new TrapFrame(machine.allocate(TrapFrame.BYTES).start());
        for (int id : new int[] {0, 1, 3}) {
            board.hart(id).state(HartState.STARTED);
        }
    }

    private static DeviceTree tree(boolean hasDevices) {
        TestTree tree = TestTree.root().memory((int) MEMORY, (int) MEMORY_BYTES)
                .open("cpus").with("#address-cells", 1).with("#size-cells", 0)
                .cpu(0).close().cpu(1).close().cpu(3).close().cpu(64).close().close();
        if (hasDevices) {
            tree.open("serial@10000000").with("compatible", "ns16550a")
                    .with("reg", 0, (int) SERIAL, 0, 8).close()
                    .open("clint@2000000").with("compatible", "sifive,clint0\0riscv,clint0")
                    .with("reg", 0, (int) CLINT, 0, 0x1_0000).close();
        }
        return tree.tree();
    }

    /** How a device answers a read. */
    private interface Read {
        long at(long offset, int width);
    }

    /** What a device does with a write. */
    private interface Write {
        void at(long offset, long bits);
    }

    private static Device device(Read read, Write write) {
        return new Device() {
            @Override
            public long read(long offset, int width) {
                return read.at(offset, width);
            }

            @Override
            public void write(long offset, int width, long bits) {
                write.at(offset, bits);
            }
        };
    }

    private long readSerial(long offset, int width) {
        return switch ((int) offset) {
            case 0 -> input.remove();
            case 5 -> input.isEmpty() ? 0x20 : 0x21;
            default -> 0;
        };
    }

    private void writeSerial(long offset, long bits) {
        if (offset == 0) {
            output.append((char) (bits & 0xff));
        }
    }

    /** An interrupt is taken at once, by the hart that it is for. */
    private void writeClint(long offset, long bits) {
        if (offset >= TIMERS - CLINT) {
            events.add("timer " + (offset - (TIMERS - CLINT)) / 8 + " at " + bits);
        } else if (bits != 0) {
            run(offset / 4, requests::serve);
        }
    }

    /** Does {@code action} as another hart. */
    void run(long hart, Runnable action) {
        long before = machine.csr(MachineCsr.MHARTID);
        machine.csr(MachineCsr.MHARTID, hart);
        action.run();
        if ((machine.csr(MachineCsr.MIP) & Csr.SIE_SOFTWARE) != 0) {
            events.add("interrupt " + hart);
            machine.csr(MachineCsr.MIP, 0);
        }
        machine.csr(MachineCsr.MHARTID, before);
    }

    /** Makes a call as S-mode does. */
    SbiResult call(long extension, long function, long... arguments) {
        Address at = frame.base();
        for (int i = 0; i < 3; i++) {
            at.putLong(TrapFrame.A0_AT + 8L * i, i < arguments.length ? arguments[i] : 0);
        }
        at.putLong(TrapFrame.A0_AT + 48, function);
        at.putLong(TrapFrame.A0_AT + 56, extension);
        services.answer(frame);
        return new SbiResult(frame.a0(), frame.a1());
    }

    /** Memory that S-mode may use, with {@code text} in it. */
    Span text(String text) {
        machine.map(MEMORY + (8 << 20), 4096);
        Span span = new Span(new Address(MEMORY + (8 << 20)), text.length());
        for (int i = 0; i < text.length(); i++) {
            span.putByte(i, (byte) text.charAt(i));
        }
        return span;
    }

    private void event(String what) {
        events.add(what + " " + machine.csr(MachineCsr.MHARTID));
    }

    @Override
    public boolean enableExtensions() {
        return true;
    }

    @Override
    public boolean canProtect() {
        return true;
    }

    @Override
    public void fence() {
        event("fence");
    }

    @Override
    public void stop() {
        event("stop");
    }
}
