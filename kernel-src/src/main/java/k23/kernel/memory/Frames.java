package k23.kernel.memory;

import k23.sdk.NoAllocation;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.memory.RawMemory;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;

/**
 * Physical memory in blocks of 2<sup>order</sup> frames of 4 KiB: a buddy allocator (Knowlton
 * 1965). A free block's first bytes hold its place in the list of its order; one byte a frame,
 * kept beside, tells what starts there, so that a wrong or double free is a panic (I7).
 */
@NoAllocation
public final class Frames {
    /** The size of a frame. */
    public static final long BYTES = 4096;
    /** The largest order: blocks of 128 MiB. */
    public static final int MAX_ORDER = 15;

    private static final int SHIFT = 12;
    private static final int FREE = 0x80;
    private static final int ALLOCATED = 0x40;
    private static final int ORDER_MASK = 0x3f;
    private static final int NEXT = 0;
    private static final int PREVIOUS = 8;

    /** The first free block of each order by its physical address, 0 when there is none. */
    private static final long[] HEADS = new long[MAX_ORDER + 1];
    private static long firstFrame;
    private static long frameCount;
    private static long freeFrames;
    private static long promisedFrames;
    private static Address states = Address.NULL;

    private Frames() {}

    /** Takes over the usable regions of the memory map; the loader's can be added later. */
    public static void start(BootInfo boot) {
        long low = Long.MAX_VALUE;
        long high = 0;
        for (long i = 0; i < boot.regionCount(); i++) {
            MemoryRegion region = boot.region(i);
            if (region.kind() == MemoryRegion.USABLE || region.kind() == MemoryRegion.LOADER) {
                low = Math.min(low, region.start().value());
                high = Math.max(high, region.end().value());
            }
        }
        if (high <= low) {
            throw new IllegalStateException("no usable memory");
        }
        for (int order = 0; order <= MAX_ORDER; order++) {
            HEADS[order] = 0;
        }
        firstFrame = low >>> SHIFT;
        frameCount = (high >>> SHIFT) - firstFrame;
        freeFrames = 0;
        promisedFrames = 0;
        PhysAddress table = placeForTable(boot);
        states = PhysicalMap.at(table);
        RawMemory.fill(states.value(), frameCount, (byte) 0);
        for (long i = 0; i < boot.regionCount(); i++) {
            MemoryRegion region = boot.region(i);
            if (region.kind() == MemoryRegion.USABLE) {
                long start = region.start().value();
                long end = region.end().value();
                addRegion(start == table.value() ? start + tableBytes() : start, end);
            }
        }
    }

    private static long tableBytes() {
        return (frameCount + BYTES - 1) & -BYTES;
    }

    private static PhysAddress placeForTable(BootInfo boot) {
        for (long i = 0; i < boot.regionCount(); i++) {
            MemoryRegion region = boot.region(i);
            if (region.kind() == MemoryRegion.USABLE && region.length() >= tableBytes()) {
                return region.start();
            }
        }
        throw new IllegalStateException("no room for the frame table");
    }

    /** Makes a region free that was not. */
    static void add(MemoryRegion region) {
        addRegion(region.start().value(), region.end().value());
    }

    private static void addRegion(long start, long end) {
        long frame = start >>> SHIFT;
        long last = end >>> SHIFT;
        while (frame < last) {
            int order = Math.min(MAX_ORDER, Long.numberOfTrailingZeros(frame));
            while (frame + (1L << order) > last) {
                order--;
            }
            freeFrames += 1L << order;
            release(frame, order);
            frame += 1L << order;
        }
    }

    /** What {@link #allocate} returns when there is no memory: no frame, address 0. */
    public static boolean isNone(PhysAddress block) {
        return block.value() == 0;
    }

    /** The smallest order whose blocks hold {@code bytes} bytes. */
    public static int orderOf(long bytes) {
        long frames = Math.max(1, (bytes + BYTES - 1) >>> SHIFT);
        return 64 - Long.numberOfLeadingZeros(frames - 1);
    }

    /** How many frames are free and not promised. */
    public static long free() {
        return freeFrames - promisedFrames;
    }

    /**
     * Sets frames aside for later: nobody else gets them (I9).
     *
     * @return false when there are not that many
     */
    static boolean promise(long frames) {
        if (frames > free()) {
            return false;
        }
        promisedFrames += frames;
        return true;
    }

    /** Takes part of a promise back. */
    static void release(long frames) {
        promisedFrames -= frames;
    }

    /**
     * Allocates a block of 2<sup>order</sup> frames, aligned to its size, with whatever it held.
     *
     * @param order from 0; blocks above {@link #MAX_ORDER} do not exist
     * @return the block; {@linkplain #isNone none} when no block is that large
     */
    public static PhysAddress allocate(int order) {
        int from = order;
        while (from <= MAX_ORDER && HEADS[from] == 0) {
            from++;
        }
        if (order < 0 || from > MAX_ORDER || 1L << order > free()) {
            return new PhysAddress(0);
        }
        long frame = HEADS[from] >>> SHIFT;
        unlink(frame, from);
        while (from > order) {
            from--;
            link(frame + (1L << from), from);
        }
        state(frame, ALLOCATED | order);
        freeFrames -= 1L << order;
        return new PhysAddress(frame << SHIFT);
    }

    /** As {@link #allocate}, filled with zeros. */
    public static PhysAddress allocateZeroed(int order) {
        PhysAddress block = allocate(order);
        if (!isNone(block)) {
            RawMemory.fill(PhysicalMap.at(block).value(), BYTES << order, (byte) 0);
        }
        return block;
    }

    /** Gives a block back that {@link #allocate} returned for the same order. */
    public static void free(PhysAddress block, int order) {
        long frame = block.value() >>> SHIFT;
        if (Long.compareUnsigned(frame - firstFrame, frameCount) >= 0
                || state(frame) != (ALLOCATED | order)) {
            throw new IllegalArgumentException("not an allocated block of that order");
        }
        state(frame, 0);
        freeFrames += 1L << order;
        release(frame, order);
    }

    /** Makes the block free and merges it with its buddies as long as they are free. */
    private static void release(long start, int startOrder) {
        long frame = start;
        int order = startOrder;
        while (order < MAX_ORDER) {
            long buddy = frame ^ 1L << order;
            if (Long.compareUnsigned(buddy - firstFrame, frameCount) >= 0
                    || state(buddy) != (FREE | order)) {
                break;
            }
            unlink(buddy, order);
            frame &= ~(1L << order);
            order++;
        }
        link(frame, order);
    }

    private static int state(long frame) {
        return states.getUnsignedByte(frame - firstFrame);
    }

    private static void state(long frame, int value) {
        states.putByte(frame - firstFrame, (byte) value);
    }

    private static Address node(long physical) {
        return PhysicalMap.at(new PhysAddress(physical));
    }

    private static void link(long frame, int order) {
        long physical = frame << SHIFT;
        long next = HEADS[order];
        node(physical).putLong(NEXT, next);
        node(physical).putLong(PREVIOUS, 0);
        if (next != 0) {
            node(next).putLong(PREVIOUS, physical);
        }
        HEADS[order] = physical;
        state(frame, FREE | order & ORDER_MASK);
    }

    private static void unlink(long frame, int order) {
        Address block = node(frame << SHIFT);
        long next = block.getLong(NEXT);
        long previous = block.getLong(PREVIOUS);
        if (previous == 0) {
            HEADS[order] = next;
        } else {
            node(previous).putLong(NEXT, next);
        }
        if (next != 0) {
            node(next).putLong(PREVIOUS, previous);
        }
        state(frame, 0);
    }
}
