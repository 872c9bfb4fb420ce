package k23.loader;

import k23.loader.elf.LoaderConfig;
import k23.loader.memory.MemoryMap;
import k23.loader.memory.PageFlags;
import k23.loader.memory.PageTables;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.boot.PerHart;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/**
 * What belongs to one hart alone: its stack between two guard pages, and its block.
 *
 * @param stackBottom the address of the stack's first byte
 * @param stackTop    the address behind its last
 * @param block       the address of the hart's block
 */
record HartSpace(Address stackBottom, Address stackTop, Address block) {
    /**
     * Makes and maps the space of the {@code index}th hart, whose id is {@code hart}; its block
     * starts with {@code template}.
     */
    static HartSpace create(MemoryMap memory, PageTables tables, LoaderConfig config, Span template,
            int index, long hart) {
        long stackBytes = wholePages(config.stackBytes());
        long blockBytes = wholePages(Math.max(config.hartBlockBytes(), 1));
        Address stack = VirtualLayout.stack(index, stackBytes);
        Address block = VirtualLayout.hartBlock(index, blockBytes);
        PhysAddress stackFrames =
                memory.take(stackBytes, MemoryMap.PAGE_BYTES, MemoryRegion.PAYLOAD);
        PhysAddress blockFrames =
                memory.take(blockBytes, MemoryMap.PAGE_BYTES, MemoryRegion.PAYLOAD);
        tables.map(stack, stackFrames, stackBytes, PageFlags.DATA);
        tables.map(block, blockFrames, blockBytes, PageFlags.DATA);
        Span contents = new Span(new Address(blockFrames.value()), blockBytes);
        contents.clear();
        contents.put(0, template);
        PerHart perHart = new PerHart(contents.start());
        perHart.hartId(hart);
        perHart.stackBottom(stack.value());
        perHart.stackTop(stack.plus(stackBytes).value());
        return new HartSpace(stack, stack.plus(stackBytes), block);
    }

    private static long wholePages(long bytes) {
        return bytes + MemoryMap.PAGE_BYTES - 1 & -MemoryMap.PAGE_BYTES;
    }
}
