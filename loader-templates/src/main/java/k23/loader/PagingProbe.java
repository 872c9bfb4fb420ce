package k23.loader;

import k23.loader.boot.BootTemplates;
import k23.loader.memory.MemoryMap;
import k23.loader.memory.PageFlags;
import k23.loader.memory.PageTables;
import k23.sdk.Symbols;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;

/**
 * Asks the hart itself which paging modes it has: a write of SATP with a mode that it has not
 * leaves the register as it is (Privileged Specification, section "Supervisor Address Translation
 * and Protection Register"). A mode that it has is on for three instructions, in which the loader's
 * code has to be mapped where it is: by one leaf of the root table.
 */
final class PagingProbe {
    private PagingProbe() {}

    /** 57, 48 or 39: the most virtual address bits; 0 when there is no translation. */
    static int largestMode(MemoryMap memory) {
        PhysAddress root = memory.take(MemoryMap.PAGE_BYTES, MemoryMap.PAGE_BYTES,
                MemoryRegion.LOADER);
        for (int bits = 57; bits >= 39; bits -= 9) {
            if (has(bits, root)) {
                return bits;
            }
        }
        return 0;
    }

    private static boolean has(int bits, PhysAddress root) {
        long satp = PageTables.identityRoot(bits, root,
                new Address(Symbols.addressOf("k23_probe_satp")), PageFlags.JUMP);
        return BootTemplates.probeSatp(satp) == satp;
    }
}
