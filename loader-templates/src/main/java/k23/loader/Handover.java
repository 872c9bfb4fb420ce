package k23.loader;

import k23.loader.elf.PlacedImage;
import k23.loader.memory.MemoryMap;
import k23.loader.memory.PageTables;
import k23.sdk.boot.BootHart;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/**
 * Writes the {@link BootInfo}. Its frames are taken first, and the list of regions is written last:
 * when nothing takes memory any more.
 *
 * @param layout where the payload sees what
 * @param info   the structure, as the loader sees it
 */
record Handover(VirtualLayout layout, BootInfo info) {
    private static final long REGIONS_AT = BootInfo.BYTES;
    private static final long HARTS_AT =
            REGIONS_AT + (long) MemoryMap.CAPACITY * MemoryRegion.BYTES;
    private static final long BYTES = HARTS_AT + (long) Processors.CAPACITY * BootHart.BYTES;

    /** A structure in frames of {@code memory} that has only its magic and version yet. */
    static Handover begin(MemoryMap memory, VirtualLayout layout) {
        PhysAddress frames = memory.take(BYTES, MemoryMap.PAGE_BYTES, MemoryRegion.BOOT_INFO);
        Span bytes = new Span(new Address(frames.value()), BYTES);
        bytes.clear();
        BootInfo info = new BootInfo(bytes.start());
        info.magic(BootInfo.MAGIC);
        info.version(BootInfo.VERSION);
        info.regions(layout.mapped(info.base().plus(REGIONS_AT)));
        info.harts(layout.mapped(info.base().plus(HARTS_AT)));
        info.physicalOffset(layout.physicalMap().value());
        info.freeVirtualStart(new Address(VirtualLayout.FREE_START));
        info.freeVirtualEnd(new Address(VirtualLayout.FREE_END));
        info.pagingBits(layout.pagingBits());
        return new Handover(layout, info);
    }

    /** Where the payload sees the structure. */
    Address address() {
        return layout.mapped(info.base());
    }

    /** What the firmware told. */
    void firmware(Firmware firmware, Processors processors) {
        info.bootHart(processors.id(0));
        info.hartCount(processors.count());
        info.machinePagingBits(processors.pagingBits());
        info.isaExtensions(processors.commonExtensions());
        info.timebaseHertz(firmware.timebaseHertz());
        info.deviceTree(layout.mapped(firmware.tree().bytes().start()));
        info.deviceTreeBytes(firmware.tree().bytes().length());
        Span arguments = firmware.bootArguments();
        info.bootArguments(inPayload(arguments));
        info.bootArgumentsBytes(arguments.length());
        for (int i = 0; i < processors.count(); i++) {
            hart(i).id(processors.id(i));
        }
    }

    /** Null for nothing. */
    private Address inPayload(Span bytes) {
        return bytes.length() == 0 ? Address.NULL : layout.mapped(bytes.start());
    }

    /** Entry {@code index} of the list of harts. */
    private BootHart hart(int index) {
        return new BootHart(info.base().plus(HARTS_AT + (long) index * BootHart.BYTES));
    }

    /** What hart {@code index}, one that enters, was given. */
    void hart(int index, HartSpace space) {
        hart(index).stackBottom(space.stackBottom());
        hart(index).stackTop(space.stackTop());
        hart(index).block(space.block());
        info.enteringHarts(index + 1);
    }

    /** What the signed container held. */
    void payload(PlacedImage payload, Span bundle) {
        info.payloadStart(payload.virtual());
        info.payloadEnd(payload.virtual().plus(payload.memory().length()));
        info.bundleStart(inPayload(bundle));
        info.bundleBytes(bundle.length());
    }

    /** Four words of randomness. */
    void seed(long[] words) {
        info.seed0(words[0]);
        info.seed1(words[1]);
        info.seed2(words[2]);
        info.seed3(words[3]);
    }

    /** The address space. */
    void tables(PageTables tables, long physicalLimit, PhysAddress jumpStart, long jumpBytes) {
        info.pageTableRoot(tables.root());
        info.physicalLimit(physicalLimit);
        info.jumpStart(jumpStart);
        info.jumpBytes(jumpBytes);
    }

    /** All of memory, once nothing more is taken. */
    void memory(MemoryMap memory) {
        Address first = info.base().plus(REGIONS_AT);
        for (int i = 0; i < memory.count(); i++) {
            MemoryRegion region = new MemoryRegion(first.plus((long) i * MemoryRegion.BYTES));
            region.start(memory.start(i));
            region.length(memory.length(i));
            region.kind(memory.kind(i));
        }
        info.regionCount(memory.count());
    }
}
