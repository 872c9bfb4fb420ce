package k23.loader;

import k23.loader.elf.LoaderConfig;
import k23.loader.elf.PlacedImage;
import k23.loader.memory.MemoryMap;
import k23.loader.memory.PageTables;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/** Writes the {@link BootInfo}: the last thing that takes memory, so that its map is final. */
final class Handover {
    private Handover() {}

    /** The address, in the payload's address space, of the structure. */
    static Address write(MemoryMap memory, PageTables tables, Firmware firmware,
            PlacedImage payload, Span bundle, LoaderConfig config, long[] seed, long hart) {
        long bytes = BootInfo.BYTES + (long) MemoryMap.CAPACITY * MemoryRegion.BYTES;
        PhysAddress frames = memory.take(bytes, MemoryMap.PAGE_BYTES, MemoryRegion.LOADER);
        BootInfo info = new BootInfo(new Address(frames.value()));
        new Span(info.base(), bytes).clear();
        info.magic(BootInfo.MAGIC);
        info.version(BootInfo.VERSION);
        info.bootHart(hart);
        info.hartCount(firmware.harts());
        info.timebaseHertz(firmware.timebaseHertz());
        info.physicalOffset(VirtualLayout.PHYSICAL_MAP);
        info.physicalLimit(Loader.physicalLimit());
        info.deviceTree(inPayload(firmware.tree().bytes().start()));
        info.deviceTreeBytes(firmware.tree().bytes().length());
        info.payloadStart(payload.virtual());
        info.payloadEnd(payload.virtual().plus(payload.elf().imageBytes()));
        info.bundleStart(bundle.length() == 0 ? Address.NULL : inPayload(bundle.start()));
        info.bundleBytes(bundle.length());
        info.seed0(seed[0]);
        info.seed1(seed[1]);
        info.seed2(seed[2]);
        info.seed3(seed[3]);
        Span arguments = firmware.bootArguments();
        info.bootArguments(arguments.length() == 0 ? Address.NULL : inPayload(arguments.start()));
        info.bootArgumentsBytes(arguments.length());
        info.freeVirtualStart(new Address(VirtualLayout.FREE_START));
        info.freeVirtualEnd(new Address(VirtualLayout.FREE_END));
        info.pageTableRoot(tables.root());
        info.pagingBits(config.pagingBits());
        writeRegions(info, memory);
        return inPayload(info.base());
    }

    private static void writeRegions(BootInfo info, MemoryMap memory) {
        Address first = info.base().plus(BootInfo.BYTES);
        for (int i = 0; i < memory.count(); i++) {
            MemoryRegion region = new MemoryRegion(first.plus((long) i * MemoryRegion.BYTES));
            region.start(memory.start(i));
            region.length(memory.length(i));
            region.kind(memory.kind(i));
        }
        info.regions(inPayload(first));
        info.regionCount(memory.count());
    }

    /** Where the payload sees what the loader, with paging off, sees at {@code address}. */
    private static Address inPayload(Address address) {
        return new PhysAddress(address.value()).mappedAt(VirtualLayout.PHYSICAL_MAP);
    }
}
