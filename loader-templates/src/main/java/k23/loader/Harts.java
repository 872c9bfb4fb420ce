package k23.loader;

import k23.loader.boot.BootTemplates;
import k23.loader.boot.EntryArguments;
import k23.loader.elf.LoaderConfig;
import k23.loader.memory.MemoryMap;
import k23.loader.memory.PageTables;
import k23.sdk.RawAccessAllowed;
import k23.sdk.Symbols;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.riscv.Hart;
import k23.sdk.riscv.Sbi;
import k23.sdk.riscv.SbiResult;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/** The harts that enter the payload; the first is the one that boots. */
@RawAccessAllowed(reason = "it starts harts through the firmware's state management")
final class Harts {
    private static final long HART_START = 0;

    private final long[] ids = new long[Processors.CAPACITY];
    private int count;
    private long arguments;

    /** Chooses {@code wanted} of the harts that can be used, 0 for all, the boot hart first. */
    void choose(Processors processors, int wanted) {
        count = wanted == 0 ? processors.count() : wanted;
        if (Integer.compareUnsigned(count, processors.count()) > 0) {
            Stop.because("payload", "asks for more harts than this machine has");
        }
        for (int i = 0; i < count; i++) {
            ids[i] = processors.id(i);
        }
        if (count > 1 && !Sbi.has(Sbi.HART_STATE)) {
            Stop.because("payload", "asks for several harts; this firmware cannot start them");
        }
    }

    /** Gives each hart its stack and its block, and memory for the arguments of its entry. */
    void prepare(MemoryMap memory, PageTables tables, LoaderConfig config, Span template,
            Handover handover) {
        PhysAddress frames = memory.take((long) count * EntryArguments.BYTES,
                MemoryMap.PAGE_BYTES, MemoryRegion.LOADER);
        arguments = frames.value();
        for (int i = 0; i < count; i++) {
            HartSpace space = HartSpace.create(memory, tables, config, template, i, ids[i]);
            handover.hart(i, space);
            EntryArguments entry = arguments(i);
            entry.hart(ids[i]);
            entry.stackTop(space.stackTop());
            entry.hartBlock(space.block());
        }
    }

    private EntryArguments arguments(int index) {
        return new EntryArguments(new Address(arguments + (long) index * EntryArguments.BYTES));
    }

    /**
     * Starts every other hart, then enters the payload on this one: for good.
     *
     * @param satp     the value of SATP that turns the payload's page table on
     * @param entry    the payload's entry point
     * @param bootInfo the {@code BootInfo} in the payload's address space
     * @param scratch  what SSCRATCH holds at entry
     */
    void enter(long satp, Address entry, Address bootInfo, long scratch) {
        for (int i = 0; i < count; i++) {
            arguments(i).satp(satp);
            arguments(i).entry(entry);
            arguments(i).bootInfo(bootInfo);
            arguments(i).scratch(scratch);
        }
        // What has been written so far is there before any other hart reads it.
        Hart.fence();
        for (int i = 1; i < count; i++) {
            SbiResult result = Sbi.call(Sbi.HART_STATE, HART_START, ids[i],
                    Symbols.addressOf("k23_hart_start"), arguments(i).base().value());
            if (!result.isSuccess()) {
                Stop.because("hart", "the firmware does not start it");
            }
        }
        BootTemplates.enter(arguments(0).base().value());
    }
}
