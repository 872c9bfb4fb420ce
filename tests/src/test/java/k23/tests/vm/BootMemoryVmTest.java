package k23.tests.vm;

import k23.junit.KernelTest;
import k23.junit.guest.Check;
import k23.kernel.memory.Frames;
import k23.kernel.memory.LoaderMemory;
import k23.kernel.memory.PhysicalMap;
import k23.sdk.Log;
import k23.sdk.NoInline;
import k23.sdk.Paging;
import k23.sdk.RawAccessAllowed;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.devicetree.DeviceTree;
import k23.sdk.devicetree.Node;
import k23.sdk.devicetree.Range;
import k23.sdk.memory.RawMemory;
import k23.sdk.riscv.Hart;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/** The loader's account of memory: complete, true, and free to be used again (I15). */
@RawAccessAllowed(reason = "it overwrites the memory that the loader gave back")
final class BootMemoryVmTest {
    private static final long PAGE = 4096;
    private static final long VALID = 1;
    private static final long LEAF = 0b1110;
    private static final long ACCESSED_AND_DIRTY = 0b1100_0000;
    private static final int KINDS = 10;

    /** Pages of each kind that a walk through the page tables came across. */
    private static final long[] TABLES = new long[KINDS];
    private static final long[] MAPPED = new long[KINDS];

    private BootMemoryVmTest() {}

    private static int kindOf(BootInfo boot, long address) {
        for (long i = 0; i < boot.regionCount(); i++) {
            if (address - boot.region(i).start().value() >= 0
                    && address < boot.region(i).end().value()) {
                return (int) boot.region(i).kind();
            }
        }
        return 0;
    }

    private static long pages(BootInfo boot, long kind) {
        long pages = 0;
        for (long i = 0; i < boot.regionCount(); i++) {
            pages += boot.region(i).kind() == kind ? boot.region(i).length() / PAGE : 0;
        }
        return pages;
    }

    private static void checkReserved(BootInfo boot, Range range, boolean isUnmapped) {
        for (long at = range.start() & -PAGE; at < range.start() + range.length(); at += PAGE) {
            int kind = kindOf(boot, at);
            Check.that(kind == MemoryRegion.UNMAPPED || !isUnmapped && kind != 0
                    && kind != MemoryRegion.USABLE && kind != MemoryRegion.LOADER
                    && kind != MemoryRegion.PAYLOAD, "a reservation is not kept");
        }
    }

    @KernelTest(kernel = false, harts = 2)
    static void everyReservationIsKept(int hart, BootInfo boot) {
        DeviceTree tree = DeviceTree.of(boot.deviceTreeSpan());
        long reserved = 0;
        for (int i = 0; i < tree.reservations(); i++) {
            checkReserved(boot, tree.reservation(i), false);
            reserved += tree.reservation(i).length();
        }
        Node parent = tree.root().child("reserved-memory");
        Check.that(!parent.isNone(), "OpenSBI reserves nothing");
        for (Node child = parent.firstChild(); !child.isNone(); child = child.nextSibling()) {
            for (int i = 0; i < child.registerCount(parent); i++) {
                checkReserved(boot, child.registers(parent, i), child.has("no-map"));
                reserved += child.registers(parent, i).length();
            }
        }
        long kept = pages(boot, MemoryRegion.RESERVED) + pages(boot, MemoryRegion.UNMAPPED);
        Check.inRange(1, reserved / PAGE + 8, kept);
    }

    /** Counts what the tables under {@code table} hold; {@code level} is 0 for pages of 4 KiB. */
    private static void walk(BootInfo boot, long table, int level, long firstEntry, long virtual) {
        TABLES[kindOf(boot, table)]++;
        Address entries = boot.mapped(new PhysAddress(table));
        for (long i = firstEntry; i < firstEntry + 256; i++) {
            long entry = entries.getLong(8 * i);
            long address = virtual | i << 12 + 9 * level;
            if ((entry & VALID) != 0 && (entry & LEAF) == 0) {
                long next = entry << 10 >>> 20 << 12;
                walk(boot, next, level - 1, 0, address);
                TABLES[kindOf(boot, next)]--;
                walk(boot, next, level - 1, 256, address);
            } else if ((entry & VALID) != 0) {
                leaf(boot, entry, level, address);
            }
        }
    }

    private static void leaf(BootInfo boot, long entry, int level, long virtual) {
        Check.equal(ACCESSED_AND_DIRTY, entry & ACCESSED_AND_DIRTY);
        long physical = entry << 10 >>> 20 << 12;
        long inMap = boot.mapped(new PhysAddress(physical)).value() << 7 >>> 7;
        if (inMap == virtual << 7 >>> 7) {
            for (long i = 0; i < boot.regionCount(); i++) {
                MemoryRegion region = boot.region(i);
                Check.that(region.kind() != MemoryRegion.UNMAPPED
                        || physical + (PAGE << 9 * level) <= region.start().value()
                        || physical >= region.end().value(), "no-map is mapped");
            }
        } else {
            Check.equal(0, level);
            MAPPED[kindOf(boot, physical)]++;
        }
    }

    private static void everyTableAndPageIsAccountedFor(BootInfo boot) {
        int levels = ((int) boot.pagingBits() - 12) / 9;
        long root = boot.pageTableRoot().value();
        walk(boot, root, levels - 1, 256, -1L << boot.pagingBits());
        Check.equal(pages(boot, MemoryRegion.PAGE_TABLES), TABLES[(int) MemoryRegion.PAGE_TABLES]);
        Check.equal(0, TABLES[(int) MemoryRegion.LOADER] + TABLES[(int) MemoryRegion.USABLE]);
        Check.inRange(1, pages(boot, MemoryRegion.PAYLOAD), MAPPED[(int) MemoryRegion.PAYLOAD]);
        for (int kind = 0; kind < KINDS; kind++) {
            Check.that(kind == MemoryRegion.PAYLOAD || MAPPED[kind] == 0, "mapped twice");
        }
        long payload = MAPPED[(int) MemoryRegion.PAYLOAD];
        TABLES[(int) MemoryRegion.PAGE_TABLES] = 0;
        walk(boot, root, levels - 1, 0, 0);
        Check.equal(1, TABLES[(int) MemoryRegion.PAGE_TABLES]);
        Check.equal(levels - 1, TABLES[(int) MemoryRegion.LOADER]);
        Check.equal(boot.jumpBytes() / PAGE, MAPPED[(int) MemoryRegion.LOADER]);
        Check.equal(payload, MAPPED[(int) MemoryRegion.PAYLOAD]);
    }

    @KernelTest(kernel = false)
    static void tablesOfSv39(int hart, BootInfo boot) {
        everyTableAndPageIsAccountedFor(boot);
    }

    @KernelTest(kernel = false, paging = Paging.SV48)
    static void tablesOfSv48(int hart, BootInfo boot) {
        everyTableAndPageIsAccountedFor(boot);
    }

    @KernelTest(kernel = false, paging = {Paging.SV57, Paging.SV48, Paging.SV39}, harts = 4,
            memoryMib = 2048)
    static void tablesOfTheLargestMode(int hart, BootInfo boot) {
        everyTableAndPageIsAccountedFor(boot);
    }

    @KernelTest(kernel = false)
    static void theLoaderKeepsNoSeed(int hart, BootInfo boot) {
        Check.that(boot.seed0() != 0, "no seed");
        for (long i = 0; i < boot.regionCount(); i++) {
            MemoryRegion region = boot.region(i);
            if (region.kind() == MemoryRegion.LOADER
                    || region.kind() == MemoryRegion.DEVICE_TREE) {
                holdsNoSeed(boot, new Span(boot.mapped(region.start()), region.length()));
            }
        }
    }

    private static void holdsNoSeed(BootInfo boot, Span memory) {
        for (long at = 0; at < memory.length(); at += 8) {
            long word = memory.getLong(at);
            long reversed = Long.reverseBytes(word);
            Check.that(word != boot.seed0() && word != boot.seed1() && word != boot.seed2()
                    && word != boot.seed3() && reversed != boot.seed0()
                    && reversed != boot.seed1() && reversed != boot.seed2()
                    && reversed != boot.seed3(), "a word of the seed is left");
        }
    }

    @KernelTest(kernel = false)
    static void theTreeKeepsNoSeed(int hart, BootInfo boot) {
        Span seed = DeviceTree.of(boot.deviceTreeSpan()).root().child("chosen")
                .property("rng-seed");
        Check.that(seed.length() > 0, "no seed");
        for (long i = 0; i < seed.length(); i++) {
            Check.equal(0, seed.getUnsignedByte(i));
        }
    }

    private static boolean isMapped(BootInfo boot, long address) {
        long table = boot.pageTableRoot().value();
        for (int level = ((int) boot.pagingBits() - 12) / 9 - 1; level >= 0; level--) {
            long index = address >>> 12 + 9 * level & 511;
            long entry = boot.mapped(new PhysAddress(table)).getLong(8 * index);
            if ((entry & VALID) == 0 || (entry & LEAF) != 0) {
                return (entry & VALID) != 0;
            }
            table = entry << 10 >>> 20 << 12;
        }
        return false;
    }

    /** On the boot hart's word: the stacks of all harts, whose pages lie between unmapped ones. */
    @KernelTest(kernel = false, harts = 8, everyHart = true, memoryMib = 256,
            paging = {Paging.SV57, Paging.SV48, Paging.SV39})
    static void everyStackIsGuardedOnBothSides(int hart, BootInfo boot) {
        Check.equal(8, boot.enteringHarts());
        for (int i = 0; i < 8; i++) {
            long bottom = boot.hart(i).stackBottom().value();
            long top = boot.hart(i).stackTop().value();
            Check.that(!isMapped(boot, bottom - PAGE), "no guard below");
            Check.that(!isMapped(boot, top), "no guard above");
            for (long page = bottom; page < top; page += PAGE) {
                Check.that(isMapped(boot, page), "a hole in the stack");
            }
            long block = boot.hart(i).block().value();
            Check.that(isMapped(boot, block) && !isMapped(boot, block + PAGE), "no guard");
        }
    }

    @NoInline
    private static long read(long address) {
        return new Address(address).getLong(0);
    }

    @KernelTest(kernel = false)
    static void reclaimedMemoryIsFree(int hart, BootInfo boot) {
        PhysicalMap.start(boot);
        Frames.start(boot);
        long before = Frames.free();
        long loaders = pages(boot, MemoryRegion.LOADER);
        Check.inRange(50, 5000, loaders);
        Check.that(read(boot.jumpStart().value()) != 0, "the jump is mapped until then");
        LoaderMemory.reclaim(boot);
        Check.equal(before + loaders, Frames.free());
    }

    /** Every hart waits in the payload while the boot hart overwrites all that was the loader's. */
    @KernelTest(kernel = false, harts = 8, everyHart = true, memoryMib = 256)
    static void theLoadersMemoryIsFreeOnceAllHaveEntered(int hart, BootInfo boot) {
        if (hart != boot.bootHart()) {
            return;
        }
        while (!boot.hasEveryHartEntered()) {
            Hart.fence();
        }
        for (long i = 0; i < boot.regionCount(); i++) {
            MemoryRegion region = boot.region(i);
            if (region.kind() == MemoryRegion.LOADER) {
                RawMemory.fill(boot.mapped(region.start()).value(), region.length(), (byte) -1);
            }
        }
        for (int i = 0; i < 8; i++) {
            Check.equal(1, boot.hart(i).entered());
        }
    }

    /** The kernel lives on when every frame there is, the loader's included, is overwritten. */
    @KernelTest
    static void nothingDependsOnReclaimedMemory(int hart, BootInfo boot) {
        long taken = 0;
        long loaders = 0;
        long free = Frames.free();
        for (PhysAddress frame = Frames.allocate(0); !Frames.isNone(frame);
                frame = Frames.allocate(0)) {
            int kind = kindOf(boot, frame.value());
            Check.that(kind == MemoryRegion.USABLE || kind == MemoryRegion.LOADER, "not free");
            loaders += kind == MemoryRegion.LOADER ? 1 : 0;
            RawMemory.fill(PhysicalMap.at(frame).value(), PAGE, (byte) 0xa5);
            taken++;
        }
        Check.equal(free, taken);
        Check.inRange(pages(boot, MemoryRegion.LOADER) - 20, pages(boot, MemoryRegion.LOADER),
                loaders);
        Log.info("all memory is overwritten");
    }

    @KernelTest(panic = "load page fault", console = "0x8020")
    static void theJumpIsGone(int hart, BootInfo boot) {
        Log.info("read " + read(boot.jumpStart().value()));
    }

    @KernelTest(kernel = false, panic = "trap 15, address 0x8020")
    static void theJumpCannotBeWritten(int hart, BootInfo boot) {
        new Address(boot.jumpStart().value()).putLong(0, 0);
    }
}
