package k23.tests.vm;

import k23.junit.KernelTest;
import k23.junit.guest.Check;
import k23.junit.guest.TestArguments;
import k23.sdk.Paging;
import k23.sdk.RawAccessAllowed;
import k23.sdk.Symbols;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.boot.PerHart;
import k23.sdk.devicetree.DeviceTree;
import k23.sdk.devicetree.DeviceTreeProblem;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.IsaExtension;
import k23.sdk.riscv.IsaExtensions;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;

/** What the loader tells a payload is so. */
@RawAccessAllowed(reason = "it looks at the machine below the kernel")
final class BootInfoVmTest {
    private static final long MEBIBYTE = 1 << 20;
    private static final long PAGE = 4096;
    private static final long MEMORY_START = 0x8000_0000L;
    private static final long QEMU_HERTZ = 10_000_000;

    private BootInfoVmTest() {}

    @KernelTest(kernel = false)
    static void aLoaderOfThisVersionWasHere(int hart, BootInfo boot) {
        Check.equal(BootInfo.MAGIC, boot.magic());
        Check.equal(BootInfo.VERSION, boot.version());
    }

    @KernelTest(kernel = false)
    static void oneHart(int hart, BootInfo boot) {
        Check.equal(1, boot.hartCount());
        Check.equal(0, boot.bootHart());
        Check.equal(0, hart);
    }

    @KernelTest(kernel = false, harts = 4)
    static void fourHarts(int hart, BootInfo boot) {
        Check.equal(4, boot.hartCount());
        Check.equal(boot.bootHart(), hart);
        Check.inRange(0, 3, hart);
    }

    @KernelTest(kernel = false)
    static void regionsAreSortedPages(int hart, BootInfo boot) {
        long last = 0;
        Check.that(boot.regionCount() > 3, "so few regions");
        for (long i = 0; i < boot.regionCount(); i++) {
            MemoryRegion region = boot.region(i);
            Check.that(region.start().value() >= last, "regions overlap or are not sorted");
            Check.that(region.length() > 0, "an empty region");
            Check.equal(0, (region.start().value() | region.length()) & PAGE - 1);
            last = region.end().value();
        }
    }

    private static void coversAllMemory(BootInfo boot, long mebibytes) {
        long at = MEMORY_START;
        for (long i = 0; i < boot.regionCount(); i++) {
            Check.equal(at, boot.region(i).start().value());
            at = boot.region(i).end().value();
        }
        Check.equal(MEMORY_START + mebibytes * MEBIBYTE, at);
    }

    @KernelTest(kernel = false)
    static void regionsCoverAllMemory(int hart, BootInfo boot) {
        coversAllMemory(boot, 128);
    }

    @KernelTest(kernel = false, memoryMib = 1024)
    static void regionsCoverMuchMemory(int hart, BootInfo boot) {
        coversAllMemory(boot, 1024);
    }

    @KernelTest(kernel = false, memoryMib = 64)
    static void regionsCoverLittleMemory(int hart, BootInfo boot) {
        coversAllMemory(boot, 64);
    }

    @KernelTest(kernel = false)
    static void regionsHaveKnownKinds(int hart, BootInfo boot) {
        for (long i = 0; i < boot.regionCount(); i++) {
            Check.inRange(MemoryRegion.USABLE, MemoryRegion.UNMAPPED, boot.region(i).kind());
        }
    }

    private static long kindOf(BootInfo boot, PhysAddress address) {
        for (long i = 0; i < boot.regionCount(); i++) {
            long offset = address.value() - boot.region(i).start().value();
            if (offset >= 0 && offset < boot.region(i).length()) {
                return boot.region(i).kind();
            }
        }
        return 0;
    }

    private static PhysAddress physical(BootInfo boot, Address mapped) {
        return new PhysAddress(mapped.value() - boot.physicalOffset());
    }

    @KernelTest(kernel = false)
    static void theFirmwareIsReserved(int hart, BootInfo boot) {
        long kind = kindOf(boot, new PhysAddress(MEMORY_START));
        Check.that(kind == MemoryRegion.RESERVED || kind == MemoryRegion.UNMAPPED, "not reserved");
    }

    @KernelTest(kernel = false)
    static void thePageTableIsNotUsable(int hart, BootInfo boot) {
        Check.equal(MemoryRegion.PAGE_TABLES, kindOf(boot, boot.pageTableRoot()));
    }

    @KernelTest(kernel = false)
    static void theDeviceTreeIsNotUsable(int hart, BootInfo boot) {
        Check.equal(MemoryRegion.DEVICE_TREE, kindOf(boot, physical(boot, boot.deviceTree())));
    }

    @KernelTest(kernel = false)
    static void theBootStructureIsThePayloads(int hart, BootInfo boot) {
        Check.equal(MemoryRegion.BOOT_INFO, kindOf(boot, physical(boot, boot.base())));
    }

    @KernelTest(kernel = false)
    static void mostOfMemoryIsUsable(int hart, BootInfo boot) {
        long usable = 0;
        for (long i = 0; i < boot.regionCount(); i++) {
            usable += boot.region(i).kind() == MemoryRegion.USABLE ? boot.region(i).length() : 0;
        }
        Check.inRange(120, 128, usable / MEBIBYTE);
    }

    @KernelTest(kernel = false)
    static void theDeviceTreeIsWellFormed(int hart, BootInfo boot) {
        Check.equal(0xd00dfeed, boot.deviceTreeSpan().getBigEndianInt(0));
        DeviceTree tree = DeviceTree.of(boot.deviceTreeSpan());
        Check.that(tree.check() == DeviceTreeProblem.NONE, "malformed");
    }

    @KernelTest(kernel = false)
    static void theClocksRateIsTheMachines(int hart, BootInfo boot) {
        Check.equal(QEMU_HERTZ, boot.timebaseHertz());
    }

    @KernelTest(kernel = false)
    static void theFirmwaresSeedIsPassedOn(int hart, BootInfo boot) {
        Check.that(boot.seed0() != 0 && boot.seed1() != 0 && boot.seed2() != 0
                && boot.seed3() != 0, "no seed");
        Check.that(boot.seed0() != boot.seed1() && boot.seed2() != boot.seed3(), "no good seed");
    }

    @KernelTest(kernel = false)
    static void anImageWithoutProgramsHasNoBundle(int hart, BootInfo boot) {
        Check.equal(0, boot.bundleBytes());
        Check.that(boot.bundleStart().isNull(), "a bundle of nothing");
    }

    @KernelTest(kernel = false)
    static void bootArgumentsArePassedOn(int hart, BootInfo boot) {
        Check.that(boot.bootArgumentsBytes() > TestArguments.PREFIX.length(), "too short");
        Check.equal('k', boot.bootArguments().getUnsignedByte(0));
        Check.equal('=', boot.bootArguments().getUnsignedByte(TestArguments.PREFIX.length() - 1));
    }

    private static void runsOn(BootInfo boot, long bits, long mode) {
        Check.equal(bits, boot.pagingBits());
        Check.equal(mode, Csr.read(Csr.SATP) >>> 60);
        Check.equal(boot.pageTableRoot().value() >>> 12, Csr.read(Csr.SATP) & (1L << 44) - 1);
    }

    @KernelTest(kernel = false)
    static void sv39(int hart, BootInfo boot) {
        runsOn(boot, 39, 8);
    }

    @KernelTest(kernel = false, paging = Paging.SV48)
    static void sv48(int hart, BootInfo boot) {
        runsOn(boot, 48, 9);
    }

    /** Whatever this machine's largest mode is: a payload that takes any is given that one. */
    @KernelTest(kernel = false, paging = {Paging.SV57, Paging.SV48, Paging.SV39})
    static void theLargestModeThatThereIs(int hart, BootInfo boot) {
        Check.equal(boot.machinePagingBits(), boot.pagingBits());
        runsOn(boot, boot.pagingBits(), (boot.pagingBits() - 12) / 9 + 5);
    }

    @KernelTest(kernel = false, paging = {Paging.SV48, Paging.SV39})
    static void nothingLargerThanAskedFor(int hart, BootInfo boot) {
        Check.equal(Math.min(boot.machinePagingBits(), 48), boot.pagingBits());
    }

    @KernelTest(kernel = false, harts = 8, memoryMib = 256)
    static void everyHartIsListed(int hart, BootInfo boot) {
        Check.equal(8, boot.hartCount());
        Check.equal(1, boot.enteringHarts());
        Check.equal(boot.bootHart(), boot.hart(0).id());
        long seen = 0;
        for (int i = 0; i < 8; i++) {
            seen |= 1L << boot.hart(i).id();
            Check.equal(i == 0 ? PerHart.current().base().value() : 0,
                    boot.hart(i).block().value());
        }
        Check.equal(0xff, seen);
        Check.equal(PerHart.current().stackTop(), boot.hart(0).stackTop().value());
        Check.equal(PerHart.current().stackBottom(), boot.hart(0).stackBottom().value());
    }

    @KernelTest(kernel = false)
    static void theMachineHasWhatWeCompileFor(int hart, BootInfo boot) {
        IsaExtensions isa = boot.isaExtensions();
        Check.that(isa.has(IsaExtension.M) && isa.has(IsaExtension.A) && isa.has(IsaExtension.F)
                && isa.has(IsaExtension.D) && isa.has(IsaExtension.C), "no RV64GC");
        Check.that(isa.has(IsaExtension.ZICSR), "no CSRs");
        Check.that(!isa.has(IsaExtension.Q), "QEMU with quad precision");
    }

    @KernelTest(kernel = false)
    static void thePayloadLiesWhereItIsSaid(int hart, BootInfo boot) {
        long text = Symbols.addressOf("__text_start");
        Check.that(boot.payloadStart().value() <= text && text < boot.payloadEnd().value(),
                "code outside of the payload");
        Check.equal(0, boot.payloadStart().value() & PAGE - 1);
    }

    @KernelTest(kernel = false)
    static void freeAddressesAreFree(int hart, BootInfo boot) {
        Check.that(boot.freeVirtualStart().isBelow(boot.freeVirtualEnd()), "nothing is free");
        Check.that(boot.freeVirtualEnd().value() <= boot.payloadStart().value(), "not free");
        Check.that(boot.physicalOffset() + boot.physicalLimit()
                <= boot.freeVirtualStart().value(), "over the physical map");
    }

    @KernelTest(kernel = false)
    static void physicalMemoryIsSeenThroughItsMap(int hart, BootInfo boot) {
        for (long i = 0; i < boot.regionCount(); i++) {
            MemoryRegion region = boot.region(i);
            if (region.kind() == MemoryRegion.USABLE) {
                Address last = boot.mapped(region.end()).plus(-8);
                last.putLong(0, i);
                Check.equal(i, last.getLong(0));
            }
        }
    }
}
