package k23.loader.machine;

import k23.loader.memory.MemoryMap;
import k23.sdk.Interrupt;
import k23.sdk.NoAllocation;
import k23.sdk.NoFpu;
import k23.sdk.RawAccessAllowed;
import k23.sdk.Symbol;
import k23.sdk.Symbols;
import k23.sdk.TestDevice;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.devicetree.DeviceTree;
import k23.sdk.devicetree.Range;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Hart;
import k23.sdk.word.Address;
import k23.sdk.word.Mmio;
import k23.sdk.word.PhysAddress;

/**
 * The monitor: what runs in M-mode from a hart's arrival to the end of the machine. All but
 * {@link #learn} runs in the copy of the loader that S-mode does not reach.
 */
@RawAccessAllowed(reason = "it sets up the registers of M-mode")
public final class Monitor {
    private static final int FAILED = 1;
    /** Traps that S-mode handles itself: all but its own calls, and those only M-mode knows. */
    private static final long DELEGATED_TRAPS = 0xF0_B5FF;
    private static final long PMP_NAPOT = 3 << 3;
    private static final long PMP_ALL = 7;

    private static final Board BOARD = new Board();
    private static final HartControl CONTROL = new HartTemplates();
    private static final HartRequests REQUESTS = new HartRequests(BOARD, CONTROL);
    private static final Services SERVICES = new Services(BOARD, CONTROL, REQUESTS);

    private Monitor() {}

    /**
     * Learns the machine, and takes memory for the monitor: its code and a stack for each hart; a
     * power of two, as physical memory protection wants it. Runs in the loader that is copied.
     *
     * @param tree       the device tree
     * @param memory     what of memory is free
     * @param testDevice the test device, or 0
     * @return where the copy belongs
     */
    public static long learn(DeviceTree tree, MemoryMap memory, long testDevice) {
        BOARD.read(tree, memory, testDevice, Csr.read(MachineCsr.MHARTID));
        BOARD.serial().prepare();
        long code = Symbols.addressOf("__image_end") - Symbols.addressOf("__image_start");
        long bytes = MemoryMap.PAGE_BYTES;
        while (bytes < code + Board.MOST_HARTS * Board.STACK_BYTES) {
            bytes <<= 1;
        }
        long place = memory.find(bytes, bytes, bytes, MemoryMap.ADDRESS_LIMIT);
        if (place == MemoryMap.NOWHERE || !BOARD.hasHart(Csr.read(MachineCsr.MHARTID))) {
            BOARD.serial().write("k23: no memory for the monitor, or an unknown hart\n");
            Hart.halt();
        }
        memory.claim(new PhysAddress(place), bytes, MemoryRegion.RESERVED);
        BOARD.place(place, bytes, place + code);
        if (!CONTROL.canProtect()) {
            BOARD.serial().write("k23: nothing protects the monitor's memory on this machine\n");
        }
        return place;
    }

    /**
     * Begins to be the monitor, on this hart and those that wait for it.
     *
     * @param arrived what they look at: the monitor's address plus 1 shall be there
     */
    @NoAllocation
    @NoFpu
    @Symbol("k23_machine_begin")
    static void begin(long arrived) {
        setUpHart();
        BOARD.hart(Csr.read(MachineCsr.MHARTID)).state(HartState.STARTED);
        Hart.fence();
        new Address(arrived).putLong(0, BOARD.ownStart() + 1);
        REQUESTS.gather();
    }

    /** Gives this hart the registers of M-mode that all have. */
    @NoAllocation
    @NoFpu
    @Symbol("k23_machine_set_up_hart")
    static void setUpHart() {
        Csr.write(MachineCsr.MEDELEG, DELEGATED_TRAPS);
        Csr.write(MachineCsr.MIDELEG, Csr.SIE_SOFTWARE | Csr.SIE_TIMER | Csr.SIE_EXTERNAL);
        Csr.write(MachineCsr.MCOUNTEREN, -1);
        Csr.write(Csr.SCOUNTEREN, 0);
        boolean hasTimer = CONTROL.enableExtensions();
        SERVICES.hasTimer(hasTimer);
        if (hasTimer) {
            Csr.write(MachineCsr.STIMECMP, -1);
        }
        if (CONTROL.canProtect()) {
            protect();
        }
    }

    /** The first entry that matches counts: of the monitor and its device S-mode sees nothing. */
    private static void protect() {
        Range device = BOARD.interruptor();
        Csr.write(MachineCsr.PMPADDR0, napot(BOARD.ownStart(), BOARD.ownBytes()));
        Csr.write(MachineCsr.PMPADDR1, napot(device.start(), device.length()));
        Csr.write(MachineCsr.PMPADDR2, -1);
        long deviceKind = device.length() == 0 ? 0 : PMP_NAPOT;
        Csr.write(MachineCsr.PMPCFG0,
                PMP_NAPOT | deviceKind << Byte.SIZE | (PMP_NAPOT | PMP_ALL) << 2 * Byte.SIZE);
    }

    /** An aligned power of two as an address register of physical memory protection. */
    private static long napot(long start, long bytes) {
        return start >>> 2 | (bytes >>> 3) - 1;
    }

    /** Handles a trap from S-mode; {@code frameAddress} is that of a {@link TrapFrame}. */
    @Interrupt
    @Symbol("k23_machine_trapped")
    static void trapped(long frameAddress) {
        long cause = Csr.read(MachineCsr.MCAUSE);
        if (cause == MachineCsr.CALL) {
            Csr.write(MachineCsr.MEPC, Csr.read(MachineCsr.MEPC) + Integer.BYTES);
            SERVICES.answer(new TrapFrame(new Address(frameAddress)));
        } else if (cause == MachineCsr.SOFTWARE_INTERRUPT) {
            REQUESTS.serve();
        } else if (cause == MachineCsr.TIMER_INTERRUPT) {
            Csr.clear(MachineCsr.MIE, MachineCsr.TIMER);
            Csr.set(MachineCsr.MIP, Csr.SIE_TIMER);
        } else {
            panic();
        }
    }

    /** Tells what trapped in M-mode, or what S-mode cannot handle; the machine ends. */
    @Interrupt
    @Symbol("k23_machine_panic")
    static void panic() {
        Serial serial = BOARD.serial();
        serial.write("\nk23: trap in the monitor: cause ");
        serial.writeHex(Csr.read(MachineCsr.MCAUSE));
        serial.write(" at ");
        serial.writeHex(Csr.read(MachineCsr.MEPC));
        serial.write(", the image is at ");
        serial.writeHex(Symbols.addressOf("__image_start"));
        serial.write(", on ");
        serial.writeHex(Csr.read(MachineCsr.MTVAL));
        serial.write("\n");
        new TestDevice(new Mmio(BOARD.testDevice())).end(FAILED);
        Hart.halt();
    }
}
