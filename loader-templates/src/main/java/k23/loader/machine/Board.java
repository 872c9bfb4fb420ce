package k23.loader.machine;

import k23.sdk.devicetree.DeviceTree;
import k23.sdk.devicetree.Node;
import k23.sdk.devicetree.Range;
import k23.sdk.word.Address;
import k23.sdk.word.Mmio;

/** The devices that the monitor drives, as the device tree tells them, and its own memory. */
final class Board {
    /** The stack of a hart in M-mode; its {@link HartState} is at the top. */
    static final long STACK_BYTES = 4096;
    /** Harts with larger ids are left alone. */
    static final int MOST_HARTS = 64;

    private static final long SMALLEST_BYTES = 4096;

    private Range memory = Range.NONE;
    private Range own = Range.NONE;
    private Range interruptor = Range.NONE;
    private long port;
    private int portShift;
    private long testDevice;
    private long stacks;
    private int hartLimit;

    /**
     * The memory that the monitor takes: its code, and a stack for each hart; a power of two, as
     * physical memory protection wants it.
     */
    static long bytes(DeviceTree tree, long codeBytes) {
        long needed = codeBytes + hartLimit(tree) * STACK_BYTES;
        long bytes = SMALLEST_BYTES;
        while (bytes < needed) {
            bytes <<= 1;
        }
        return bytes;
    }

    /** One more than the largest id of a hart that is not left alone. */
    static int hartLimit(DeviceTree tree) {
        int limit = 0;
        for (Node cpu = first(tree); !cpu.isNone(); cpu = cpu.nextSibling()) {
            long id = id(cpu);
            limit = id >= limit && id < MOST_HARTS ? (int) id + 1 : limit;
        }
        return limit;
    }

    private static Node first(DeviceTree tree) {
        Node cpus = tree.root().child("cpus");
        return cpus.isNone() ? Node.NONE : cpus.firstChild();
    }

    /** The id of a hart, or -1 when {@code cpu} is none. */
    private static long id(Node cpu) {
        return cpu.hasString("device_type", "cpu") ? cpu.wideNumber("reg", -1) : -1;
    }

    /** Remembers the serial port alone: enough to say something. */
    void readPort(DeviceTree tree) {
        Node node = tree.findCompatible("ns16550a", Node.NONE);
        port = address(node);
        portShift = node.isNone() ? 0 : node.number("reg-shift", 0) & 7;
    }

    /**
     * Remembers the devices.
     *
     * @param monitor the monitor's memory
     * @param firstStack the start of the stacks in it
     */
    void read(DeviceTree tree, Range monitor, long firstStack) {
        own = monitor;
        stacks = firstStack;
        readPort(tree);
        interruptor = registers(compatible(tree, "sifive,clint0", "riscv,clint0"));
        testDevice = address(compatible(tree, "sifive,test0", "sifive,test1"));
        memory = wholeMemory(tree);
        hartLimit = hartLimit(tree);
        for (int i = 0; i < hartLimit; i++) {
            hart(i).state(HartState.ABSENT);
        }
        for (Node cpu = first(tree); !cpu.isNone(); cpu = cpu.nextSibling()) {
            long id = id(cpu);
            if (isListed(id)) {
                HartState hart = hart(id);
                hart.state(HartState.STOPPED);
                hart.interrupt(0);
                hart.fence(0);
                hart.msip(interruptor.start() + Integer.BYTES * id);
            }
        }
    }

    private static Node compatible(DeviceTree tree, String what, String otherwise) {
        Node node = tree.findCompatible(what, Node.NONE);
        return node.isNone() ? tree.findCompatible(otherwise, Node.NONE) : node;
    }

    private static Range registers(Node node) {
        return node.isNone() ? Range.NONE : node.physicalRegisters(0);
    }

    private static long address(Node node) {
        return registers(node).start();
    }

    /** From the first byte of memory to the last. */
    private static Range wholeMemory(DeviceTree tree) {
        Node root = tree.root();
        Range whole = Range.NONE;
        for (Node node = root.firstChild(); !node.isNone(); node = node.nextSibling()) {
            int ranges = node.hasString("device_type", "memory") ? node.registerCount(root) : 0;
            for (int i = 0; i < ranges; i++) {
                Range part = node.registers(root, i);
                long start = whole.length() == 0 ? part.start()
                        : Math.min(part.start(), whole.start());
                long end = Math.max(part.start() + part.length(), whole.start() + whole.length());
                whole = new Range(start, end - start);
            }
        }
        return whole;
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
        return new Mmio(interruptor.start() + 0x4000 + Long.BYTES * id);
    }

    /** The test device, which can also power off and reset; 0 when there is none. */
    long testDevice() {
        return testDevice;
    }

    /** The monitor's memory. */
    Range own() {
        return own;
    }

    /** One more than the largest id of a hart. */
    int hartLimit() {
        return hartLimit;
    }

    /** Whether there may be a hart with that id, so that it has a {@link #hart}. */
    boolean isListed(long id) {
        return id >= 0 && id < hartLimit;
    }

    /** What is known of the hart with that id, which {@link #isListed}. */
    HartState hart(long id) {
        return new HartState(new Address(stacks + (id + 1) * STACK_BYTES - HartState.BYTES));
    }

    /** Whether S-mode may ask for an access to that memory: all is memory, none the monitor's. */
    boolean isOpen(long start, long bytes) {
        long offset = start - memory.start();
        return Long.compareUnsigned(offset, memory.length()) <= 0
                && Long.compareUnsigned(bytes, memory.length() - offset) <= 0
                && !Placement.overlap(new Range(start, bytes), own);
    }
}
