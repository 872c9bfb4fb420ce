package k23.loader;

import k23.loader.boot.UefiCalls;
import k23.loader.boot.UefiTemplates;
import k23.loader.container.ContainerProblem;
import k23.loader.container.SignedContainer;
import k23.loader.container.Unpacking;
import k23.loader.container.Verification;
import k23.loader.container.VerifyingKeys;
import k23.loader.efi.Uefi;
import k23.loader.efi.UefiProblem;
import k23.loader.elf.ElfFile;
import k23.loader.elf.ElfProblem;
import k23.loader.elf.LoaderConfig;
import k23.loader.elf.PlacedImage;
import k23.loader.machine.Monitor;
import k23.loader.memory.MemoryMap;
import k23.loader.memory.PageFlags;
import k23.loader.memory.PageTables;
import k23.sdk.Log;
import k23.sdk.NoAllocation;
import k23.sdk.NoFpu;
import k23.sdk.Symbol;
import k23.sdk.Symbols;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.riscv.IsaExtensions;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/** A boot, from the firmware's jump to the payload's first instruction. */
public final class Loader {
    private static final long IMAGE_SIZE_AT = 16;
    private static final long GIBIBYTE = 1L << 30;

    private static final MemoryMap MEMORY = new MemoryMap();
    private static final Reservations RESERVATIONS = new Reservations();
    private static final PageTables TABLES = new PageTables(MEMORY);
    private static final Processors PROCESSORS = new Processors();
    private static final Harts HARTS = new Harts();
    private static final Crew CREW = new Crew();
    private static final Verification VERIFICATION = new Verification();
    private static final Unpacking PAYLOAD = new Unpacking(SignedContainer.PAYLOAD);
    private static final Unpacking BUNDLE = new Unpacking(SignedContainer.BUNDLE);
    private static final Uefi UEFI = new Uefi(new UefiCalls());
    private static final long[] SEED = new long[5];

    private Loader() {}

    /**
     * Boots the payload behind this loader.
     *
     * @param hart       the id of the hart that runs this
     * @param deviceTree the physical address of the device tree
     */
    @NoAllocation
    @NoFpu
    @Symbol("k23_loader_main")
    static void main(long hart, long deviceTree) {
        boot(deviceTree, hart, false);
    }

    /**
     * The same for a boot by UEFI, whose map of memory counts, not that of the device tree.
     *
     * @param image       the handle of the loader's image
     * @param systemTable the address of the EFI_SYSTEM_TABLE
     */
    @NoAllocation
    @NoFpu
    @Symbol("k23_loader_efi_main")
    static void efiMain(long image, long systemTable) {
        Address workspace = new Address(imageStart().value()).plus(imageBytes());
        UefiProblem problem = UEFI.takeOver(image, new Address(systemTable),
                new Span(workspace, Uefi.WORKSPACE_BYTES));
        UefiTemplates.takeHart();
        if (problem != UefiProblem.NONE) {
            Stop.because("UEFI", problem.message());
        }
        boot(UEFI.deviceTree(), UEFI.bootHart(), true);
    }

    /**
     * In M-mode: takes memory for the monitor, where the boot that follows in S-mode will find it
     * taken. What is claimed twice stays as it was.
     */
    @NoAllocation
    @NoFpu
    @Symbol("k23_machine_place")
    static long placeMonitor(long deviceTree) {
        Firmware firmware = Firmware.at(deviceTree);
        Stop.learnFrom(firmware.tree());
        firmware.describeMemory(MEMORY, RESERVATIONS);
        MEMORY.claim(imageStart(), imageBytes(), MemoryRegion.LOADER);
        return Monitor.learn(firmware.tree(), MEMORY, Stop.testDevice());
    }

    private static void describeMemory(Firmware firmware, boolean byUefi) {
        if (byUefi) {
            UEFI.addMemory(MEMORY);
            firmware.claimReservations(MEMORY, RESERVATIONS);
            UEFI.claimReserved(MEMORY);
        } else {
            firmware.describeMemory(MEMORY, RESERVATIONS);
        }
        MEMORY.claim(imageStart(), imageBytes(), MemoryRegion.LOADER);
        RESERVATIONS.place(firmware.tree(), MEMORY);
    }

    private static void boot(long deviceTree, long toldHart, boolean byUefi) {
        SignedContainer container = container();
        VERIFICATION.begin(container, keys());
        CREW.muster(VERIFICATION, VERIFICATION.helpers());
        IsaExtensions extensions = ExtensionProbe.extensions();
        VERIFICATION.learn(0, extensions);
        Firmware firmware = Firmware.at(deviceTree, UEFI.commandLine(), UEFI.seed());
        Stop.learnFrom(firmware.tree());
        describeMemory(firmware, byUefi);
        long hart = toldHart >= 0 ? toldHart : firmware.bootHart();
        if (hart < 0) {
            Stop.because("UEFI", "it does not tell which hart this is");
        }
        PROCESSORS.read(firmware.cpus(), hart, PagingProbe.largestMode(MEMORY));
        Log.info("loader: hart " + hart + " of " + PROCESSORS.count());
        firmware.consumeSeed(SEED, extensions);

        refuse("payload refused", VERIFICATION.finish());
        Span file = frames(container, SignedContainer.PAYLOAD, MemoryRegion.LOADER);
        Span bundle = frames(container, SignedContainer.BUNDLE, MemoryRegion.BUNDLE);
        // The payload gets this back with the rest of the loader's memory.
        Span workspace = frames(container.workspaceBytes(), MemoryRegion.LOADER);
        beginUnpacking(container, file, bundle);
        refuse("payload refused", PAYLOAD.finish(workspace));
        ElfFile elf = checkedPayload(file);
        LoaderConfig config = checkedConfig(elf);
        HARTS.choose(PROCESSORS, config.harts());

        VirtualLayout layout = new VirtualLayout(config.pagingBits(PROCESSORS.pagingBits()));
        Handover handover = Handover.begin(MEMORY, layout);
        handover.firmware(firmware, PROCESSORS);
        TABLES.create(layout.pagingBits());
        mapPhysicalMemory(layout);
        PlacedImage payload = placed(elf);
        refuse("payload", payload.checkHartTemplate(config.hartBlockBytes()));
        handover.payload(payload, bundle);
        HARTS.prepare(MEMORY, TABLES, config, payload.hartTemplate(), handover);
        mapJump();
        refuse("payload refused", BUNDLE.finish(workspace));
        finish(handover);

        CREW.awaitRest();
        Log.info("loader: entering payload at " + payload.entry());
        HARTS.enter(TABLES.satp(), payload.entry(), handover.address(), testDevice(layout));
    }

    private static PhysAddress imageStart() {
        return new PhysAddress(Symbols.addressOf("__image_start"));
    }

    /** The loader's file and its stack: what its Linux header asks firmware to keep free. */
    private static long imageBytes() {
        return new Address(imageStart().value()).getLong(IMAGE_SIZE_AT);
    }

    private static SignedContainer container() {
        Address start = new Address(Symbols.addressOf("__image_end"));
        long room = imageStart().value() + imageBytes() - start.value();
        return new SignedContainer(new Span(start, Math.max(room, 0)));
    }

    private static VerifyingKeys keys() {
        return new VerifyingKeys(new Span(
                new Address(Symbols.addressOf(VerifyingKeys.SYMBOL)), VerifyingKeys.BYTES));
    }

    private static void refuse(String what, ContainerProblem problem) {
        if (problem != ContainerProblem.NONE) {
            Stop.because(what, problem.message());
        }
    }

    private static void refuse(String what, ElfProblem problem) {
        if (problem != ElfProblem.NONE) {
            Stop.because(what, problem.message());
        }
    }

    private static void refuseWithoutRoom(long bytes, long alignment) {
        if (!MEMORY.hasRoom(bytes, alignment)) {
            Stop.because("memory", "the machine has too little for this image");
        }
    }

    /** Others unpack what the payload comes with while this hart places the payload. */
    private static void beginUnpacking(SignedContainer container, Span payload, Span bundle) {
        PAYLOAD.begin(container, payload);
        BUNDLE.begin(container, bundle);
        CREW.share(PAYLOAD, BUNDLE, PAYLOAD.pieces() + BUNDLE.pieces() - 1);
        Log.info("loader: payload verified, " + container.length() + " bytes");
    }

    /** Frames for the section of {@code kind}; empty when there is none. */
    private static Span frames(SignedContainer container, int kind, long memoryKind) {
        int section = container.find(kind);
        return section < 0 ? Span.EMPTY : frames(container.rawBytes(section), memoryKind);
    }

    private static Span frames(long bytes, long memoryKind) {
        if (bytes == 0) {
            return Span.EMPTY;
        }
        refuseWithoutRoom(bytes, MemoryMap.PAGE_BYTES);
        PhysAddress frames = MEMORY.take(bytes, MemoryMap.PAGE_BYTES, memoryKind);
        return new Span(new Address(frames.value()), bytes);
    }

    private static ElfFile checkedPayload(Span bytes) {
        ElfFile elf = new ElfFile(bytes);
        refuse("payload", elf.check());
        if (!elf.isPositionIndependent()) {
            refuse("payload", ElfProblem.NOT_POSITION_INDEPENDENT);
        }
        return elf;
    }

    private static LoaderConfig checkedConfig(ElfFile elf) {
        LoaderConfig config = new LoaderConfig(elf.section(LoaderConfig.SECTION));
        refuse("payload", config.check());
        if (config.pagingBits(PROCESSORS.pagingBits()) == 0) {
            Stop.because("payload", "asks for a paging mode that this machine does not have");
        }
        for (int i = 0; i < PROCESSORS.count(); i++) {
            IsaExtensions lacking = config.needs().without(PROCESSORS.extensions(i));
            if (!lacking.isEmpty()) {
                Log.begin("error");
                Log.print("loader: hart " + PROCESSORS.id(i) + " does not have ");
                IsaNames.print(lacking.first());
                Log.end();
                Stop.because("payload", "needs an extension that this machine does not have");
            }
        }
        return config;
    }

    /** Maps memory and devices, in the largest pages, around what is not to be mapped. */
    private static void mapPhysicalMemory(VirtualLayout layout) {
        long limit = physicalLimit();
        if (Long.compareUnsigned(limit, layout.physicalBytes()) > 0) {
            Stop.because("memory", "lies beyond what the payload's paging mode can map");
        }
        long from = RESERVATIONS.nextMapped(0, limit);
        while (from < limit) {
            long to = RESERVATIONS.nextUnmapped(from, limit);
            TABLES.map(layout.mapped(new PhysAddress(from)), new PhysAddress(from), to - from,
                    PageFlags.DATA);
            from = RESERVATIONS.nextMapped(to, limit);
        }
    }

    /** The end of memory in whole gibibytes, which take one page-table entry each. */
    private static long physicalLimit() {
        return MEMORY.end().alignUp(GIBIBYTE).value();
    }

    private static PlacedImage placed(ElfFile elf) {
        refuseWithoutRoom(elf.imageBytes(), PlacedImage.ALIGNMENT);
        PlacedImage payload = PlacedImage.copy(elf, MEMORY, VirtualLayout.payload(SEED[4]));
        refuse("payload", payload.relocate());
        payload.map(TABLES);
        return payload;
    }

    private static PhysAddress jumpStart() {
        return new PhysAddress(Symbols.addressOf("k23_enter_payload"))
                .alignDown(MemoryMap.PAGE_BYTES);
    }

    private static long jumpBytes() {
        return new PhysAddress(Symbols.addressOf("k23_enter_payload_end"))
                .alignUp(MemoryMap.PAGE_BYTES).minus(jumpStart());
    }

    /** Maps the code that turns paging on where it runs, so that its next instruction is there. */
    private static void mapJump() {
        TABLES.becomeTemporary();
        TABLES.map(new Address(jumpStart().value()), jumpStart(), jumpBytes(), PageFlags.JUMP);
        TABLES.close();
    }

    /** Tells what is not told yet; the seed is then nowhere else. */
    private static void finish(Handover handover) {
        handover.tables(TABLES, physicalLimit(), jumpStart(), jumpBytes());
        handover.seed(SEED);
        for (int i = 0; i < SEED.length; i++) {
            SEED[i] = 0;
        }
        handover.memory(MEMORY);
    }

    private static long testDevice(VirtualLayout layout) {
        long device = Stop.testDevice();
        return device == 0 ? 0 : layout.mapped(new PhysAddress(device)).value();
    }
}
