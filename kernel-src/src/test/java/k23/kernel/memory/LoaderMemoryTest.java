package k23.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import k23.kernel.SimulatedBoot;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.sim.Machine;
import k23.sdk.word.Address;
import org.junit.jupiter.api.Test;

class LoaderMemoryTest {
    private static final Address ROOT = new Address(SimulatedBoot.OFFSET + SimulatedBoot.ROOT);

    /** The second usable region is the loader's: frames below it and above all others. */
    @Test
    void becomesFreeAndTheLowerHalfEmpty() {
        Machine machine = SimulatedBoot.start();
        BootInfo boot = SimulatedBoot.boot(machine);
        boot.region(2).kind(MemoryRegion.LOADER);
        ROOT.putLong(0, 0x1234_5401L);
        ROOT.putLong(8 * 255, 0x1234_5401L);
        Frames.start(boot);
        long before = Frames.free();
        LoaderMemory.reclaim(boot);
        assertEquals(before + boot.region(2).length() / Frames.BYTES, Frames.free());
        for (int i = 0; i < PageTable.ENTRIES; i++) {
            assertEquals(i == 300 ? SimulatedBoot.KERNEL_ENTRY : 0, ROOT.getLong(8 * i));
        }
        long taken = 0;
        while (!Frames.isNone(Frames.allocate(0))) {
            taken++;
        }
        assertEquals(before + boot.region(2).length() / Frames.BYTES, taken);
    }
}
