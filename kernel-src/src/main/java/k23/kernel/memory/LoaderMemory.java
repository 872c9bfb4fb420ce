package k23.kernel.memory;

import k23.sdk.NoAllocation;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.riscv.Hart;
import k23.sdk.word.Address;

/** What the loader used and nobody needs any more: its image, stack, container and tables. */
@NoAllocation
public final class LoaderMemory {
    private static final int LOWER_HALF_BYTES = 256 * 8;

    private LoaderMemory() {}

    /**
     * Unmaps the page through which harts came from the loader and makes the loader's memory free.
     * This waits until every hart that enters has done so; each has to set a trap vector of its own
     * first, and there are no other address spaces yet. The other harts have to flush their
     * translations before they rely on the unmapping.
     */
    public static void reclaim(BootInfo boot) {
        while (!boot.hasEveryHartEntered()) {
            Hart.fence();
        }
        Address root = PhysicalMap.at(boot.pageTableRoot());
        for (int at = 0; at < LOWER_HALF_BYTES; at += 8) {
            root.putLong(at, 0);
        }
        Hart.fenceTranslations();
        for (long i = 0; i < boot.regionCount(); i++) {
            MemoryRegion region = boot.region(i);
            if (region.kind() == MemoryRegion.LOADER) {
                Frames.add(region);
            }
        }
    }
}
