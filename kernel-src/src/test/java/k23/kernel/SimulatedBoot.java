package k23.kernel;

import k23.kernel.memory.AddressSpace;
import k23.kernel.memory.Frames;
import k23.kernel.memory.PhysicalMap;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.boot.PerHart;
import k23.sdk.sim.Machine;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;

/** A simulated machine as the loader leaves it: memory in the physical map, a boot structure. */
public final class SimulatedBoot {
    /** Where the physical map is. */
    public static final long OFFSET = 0xffff_ffc0_0000_0000L;
    /** The first byte of memory. */
    public static final long MEMORY = 0x8000_0000L;
    /** How much of it there is. */
    public static final long BYTES = 16 << 20;
    /** The kernel's root table, with one entry in its upper half. */
    public static final long ROOT = MEMORY + (1 << 20);
    /** What that entry is. */
    public static final long KERNEL_ENTRY = 0x1234_5401L;

    private SimulatedBoot() {}

    /** Starts memory management on a new machine. */
    public static Machine start() {
        Machine machine = Machine.reset();
        machine.map(OFFSET + MEMORY, BYTES);
        machine.threadPointer(machine.allocate(64).start().value());
        PerHart.current().hartId(0);
        BootInfo boot = boot(machine);
        PhysicalMap.start(boot);
        Frames.start(boot);
        AddressSpace.start(boot);
        return machine;
    }

    /** The boot structure: usable memory in two parts, with the kernel's table between. */
    public static BootInfo boot(Machine machine) {
        BootInfo boot = new BootInfo(machine.allocate(BootInfo.BYTES).start());
        boot.magic(BootInfo.MAGIC);
        boot.version(BootInfo.VERSION);
        boot.physicalOffset(OFFSET);
        boot.physicalLimit(MEMORY + BYTES);
        boot.pageTableRoot(new PhysAddress(ROOT));
        boot.pagingBits(39);
        boot.timebaseHertz(10_000_000);
        boot.regions(machine.allocate(3 * MemoryRegion.BYTES).start());
        boot.regionCount(3);
        region(boot, 0, MEMORY, ROOT - MEMORY, MemoryRegion.USABLE);
        region(boot, 1, ROOT, 4096, MemoryRegion.PAGE_TABLES);
        region(boot, 2, ROOT + 4096, BYTES - (ROOT + 4096 - MEMORY), MemoryRegion.USABLE);
        new Address(OFFSET + ROOT).putLong(8 * 300, KERNEL_ENTRY);
        return boot;
    }

    private static void region(BootInfo boot, int index, long start, long length, long kind) {
        MemoryRegion region = boot.region(index);
        region.start(new PhysAddress(start));
        region.length(length);
        region.kind(kind);
    }
}
