package k23.loader.machine;

import k23.loader.memory.MemoryMap;
import k23.sdk.devicetree.DeviceTree;
import k23.sdk.devicetree.Node;
import k23.sdk.devicetree.Range;
import k23.sdk.word.Address;
import k23.sdk.word.Mmio;

/** The devices that the monitor drives, as the device tree tells them, and its own memory. */
final class Board {
    /** The stack of a hart in M-mode; its {@link HartState} is at the top. */
    static final long STACK_BYTES = 1024;
    /** Harts with larger ids are left alone. */
    static final int MOST_HARTS = 64;

    private static final long TIMERS_AT = 0x4000;

    private long memoryStart;
    private long memoryEnd;
    private long ownStart;
    private long ownBytes;
    private long stacks;
    private long harts;
    private Range interruptor = Range.NONE;
    private long port;
    private int portShift;
    private long testDevice;

    /**
     * Remembers the devices.
     *
     * @param memory all memory
     * @param device the test device, or 0
     * @param own    the id of the hart that runs this
     */
    void read(DeviceTree tree, MemoryMap memory, long device, long own) {
        Node node = tree.findCompatible("ns16550a", Node.NONE);
        port = registers(node).start();
        portShift = node.isNone() ? 0 : node.number("reg-shift", 0) & 7;
        node = tree.findCompatible("riscv,clint0", Node.NONE);
        interruptor = registers(!node.isNone() ? node
                : tree.findCompatible("riscv,aclint-mswi", Node.NONE));
        testDevice = device;
        memoryStart = memory.start(0).value();
        memoryEnd = memory.end().value();
        node = tree.root().child("cpus");
        node = node.isNone() ? Node.NONE : node.firstChild();
        while (!node.isNone()) {
            long id = node.hasString("device_type", "cpu") ? node.wideNumber("reg", -1) : -1;
            harts |= id >= 0 && id < MOST_HARTS ? 1L << id : 0;
            node = node.nextSibling();
        }
        // Without a device that can wake them there are no others.
        harts &= interruptor.length() == 0 ? 1L << own : -1;
    }

    private static Range registers(Node node) {
        return node.isNone() ? Range.NONE : node.physicalRegisters(0);
    }

    /** Gives the monitor its memory, and every hart its state there. */
    void place(long start, long bytes, long firstStack) {
        ownStart = start;
        ownBytes = bytes;
        stacks = firstStack;
        for (int id = 0; id < MOST_HARTS; id++) {
            HartState hart = hart(id);
            hart.state(HartState.ARRIVING);
            hart.interrupt(0);
            hart.fence(0);
            hart.msip(interruptor.start() + Integer.BYTES * (long) id);
        }
    }

    /** The serial port, if there is one. */
    Serial serial() {
        return new Serial(new Mmio(port), portShift);
    }

    /** The device that interrupts harts in M-mode: CLINT. */
    Range interruptor() {
        return interruptor;
    }

    /** The register with the time at which hart {@code id} is interrupted. */
    Mmio timer(long id) {
        return new Mmio(interruptor.start() + TIMERS_AT + Long.BYTES * id);
    }

    /** The test device, which can also power off and reset; 0 when there is none. */
    long testDevice() {
        return testDevice;
    }

    /** Where the monitor's memory starts. */
    long ownStart() {
        return ownStart;
    }

    /** The size of the monitor's memory in bytes, a power of two. */
    long ownBytes() {
        return ownBytes;
    }

    /** Bit i: there is a hart i. */
    long harts() {
        return harts;
    }

    /** Forgets the harts that the bits of {@code set} stand for. */
    void leaveAlone(long set) {
        harts &= ~set;
    }

    /** Whether there is a hart with that id. */
    boolean hasHart(long id) {
        return id >= 0 && id < MOST_HARTS && (harts >>> id & 1) != 0;
    }

    /** What is known of the hart with that id, which there is. */
    HartState hart(long id) {
        return new HartState(new Address(stacks + (id + 1) * STACK_BYTES - HartState.BYTES));
    }

    /** Whether S-mode may ask for an access to that memory: all is memory, none the monitor's. */
    boolean isOpen(long start, long bytes) {
        long end = start + bytes;
        return Long.compareUnsigned(start, end) <= 0
                && Long.compareUnsigned(memoryStart, start) <= 0
                && Long.compareUnsigned(end, memoryEnd) <= 0
                && (end - ownStart <= 0 || start - ownStart >= ownBytes);
    }
}
