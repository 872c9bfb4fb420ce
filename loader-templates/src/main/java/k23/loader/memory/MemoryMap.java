package k23.loader.memory;

import k23.sdk.boot.MemoryRegion;
import k23.sdk.word.PhysAddress;

/**
 * What each page of memory is used for: sorted, disjoint regions that together cover all memory
 * that was {@linkplain #addMemory added}. Nothing is ever dropped; a region only changes its kind.
 *
 * <p>Kinds are those of {@link MemoryRegion}. One map holds at most {@link #CAPACITY} regions; one
 * more is a panic.
 */
public final class MemoryMap {
    /** The most regions that a map can hold. */
    public static final int CAPACITY = 256;
    /** The size of a page, to which every region is aligned. */
    public static final long PAGE_BYTES = 4096;
    /** The end of what page-table entries can name; firmware that says more means no memory. */
    public static final long ADDRESS_LIMIT = 1L << 56;

    /** No place. */
    public static final long NOWHERE = -1;

    private final long[] starts = new long[CAPACITY];
    private final long[] ends = new long[CAPACITY];
    private final long[] kinds = new long[CAPACITY];
    private int count;

    /** The number of regions. */
    public int count() {
        return count;
    }

    /** The first byte of region {@code index}. */
    public PhysAddress start(int index) {
        return new PhysAddress(starts[index]);
    }

    /** The size of region {@code index} in bytes, a multiple of the page size. */
    public long length(int index) {
        return ends[index] - starts[index];
    }

    /** The kind of region {@code index}. */
    public long kind(int index) {
        return kinds[index];
    }

    /** The first byte behind all memory; 0 when there is none. */
    public PhysAddress end() {
        return new PhysAddress(count == 0 ? 0 : ends[count - 1]);
    }

    /**
     * Adds usable memory below {@link #ADDRESS_LIMIT}. Only whole pages count; a part that was
     * added before keeps its kind.
     */
    public void addMemory(PhysAddress start, long bytes) {
        long from = limited(start.value()) + PAGE_BYTES - 1 & -PAGE_BYTES;
        long to = end(start, bytes) & -PAGE_BYTES;
        for (int i = 0; i < count && from < to; i++) {
            if (to <= starts[i]) {
                break;
            }
            if (from < starts[i]) {
                insert(i, from, starts[i], MemoryRegion.USABLE);
                i++;
            }
            from = Math.max(from, ends[i]);
        }
        if (from < to) {
            int index = count;
            while (index > 0 && starts[index - 1] > from) {
                index--;
            }
            insert(index, from, to, MemoryRegion.USABLE);
        }
        mergeNeighbours();
    }

    private static long limited(long address) {
        return Long.compareUnsigned(address, ADDRESS_LIMIT) < 0 ? address : ADDRESS_LIMIT;
    }

    /** The end of {@code [start, start + bytes)}, both unsigned, below the limit of addresses. */
    public static long end(PhysAddress start, long bytes) {
        long from = limited(start.value());
        return from + Math.min(limited(bytes), ADDRESS_LIMIT - from);
    }

    /**
     * Gives the usable pages that {@code [start, start + bytes)} touches, even partly, another
     * kind. Memory that is not usable keeps its kind: the first claim counts.
     */
    public void claim(PhysAddress start, long bytes, long kind) {
        long from = limited(start.value()) & -PAGE_BYTES;
        long to = end(start, bytes) + PAGE_BYTES - 1 & -PAGE_BYTES;
        if (bytes == 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (kinds[i] == MemoryRegion.USABLE && starts[i] < to && from < ends[i]) {
                i = split(i, Math.max(from, starts[i]), Math.min(to, ends[i]), kind);
            }
        }
        mergeNeighbours();
    }

    /** Makes pages usable again that were taken: whole pages, all of one region. */
    public void release(PhysAddress start, long bytes) {
        long from = start.value();
        for (int i = 0; i < count && bytes != 0; i++) {
            if (starts[i] <= from && from < ends[i]) {
                long kind = kinds[i];
                kinds[i] = MemoryRegion.USABLE;
                long end = ends[i];
                if (from + bytes < end) {
                    ends[i] = from + bytes;
                    insert(i + 1, from + bytes, end, kind);
                }
                if (starts[i] < from) {
                    insert(i, starts[i], from, kind);
                    starts[i + 1] = from;
                }
                break;
            }
        }
        mergeNeighbours();
    }

    /** Whether {@link #take} of as much would find it. */
    public boolean hasRoom(long bytes, long alignment) {
        return find(bytes, alignment, 0, ADDRESS_LIMIT) != NOWHERE;
    }

    /**
     * Takes {@code bytes} of usable memory, rounded up to pages, at a multiple of
     * {@code alignment}: the lowest that there is. Panics when memory is exhausted.
     */
    public PhysAddress take(long bytes, long alignment, long kind) {
        long start = find(bytes, alignment, 0, ADDRESS_LIMIT);
        if (start == NOWHERE) {
            throw new IllegalStateException("the machine has too little memory for this image");
        }
        claim(new PhysAddress(start), bytes, kind);
        return new PhysAddress(start);
    }

    /**
     * The lowest place for {@code bytes} of usable memory, rounded up to pages, at a multiple of
     * {@code alignment} in {@code [low, high)}; {@link #NOWHERE} when there is none.
     */
    public long find(long bytes, long alignment, long low, long high) {
        long size = bytes + PAGE_BYTES - 1 & -PAGE_BYTES;
        for (int i = 0; i < count; i++) {
            long from = Math.max(starts[i], limited(low)) + alignment - 1 & -alignment;
            long to = Math.min(ends[i], limited(high));
            if (kinds[i] == MemoryRegion.USABLE && from < to && to - from >= size) {
                return from;
            }
        }
        return NOWHERE;
    }

    /** Splits region {@code index} around {@code [from, to)}; the index of the changed part. */
    private int split(int index, long from, long to, long kind) {
        long start = starts[index];
        long end = ends[index];
        int middle = index;
        if (start < from) {
            insert(index, start, from, MemoryRegion.USABLE);
            middle = index + 1;
        }
        starts[middle] = from;
        ends[middle] = to;
        kinds[middle] = kind;
        if (to < end) {
            insert(middle + 1, to, end, MemoryRegion.USABLE);
        }
        return middle;
    }

    private void insert(int index, long start, long end, long kind) {
        if (count == CAPACITY) {
            throw new IllegalStateException("more than 256 memory regions");
        }
        for (int i = count; i > index; i--) {
            move(i - 1, i);
        }
        starts[index] = start;
        ends[index] = end;
        kinds[index] = kind;
        count++;
    }

    private void move(int from, int to) {
        starts[to] = starts[from];
        ends[to] = ends[from];
        kinds[to] = kinds[from];
    }

    private void mergeNeighbours() {
        if (count == 0) {
            return;
        }
        int last = 0;
        for (int i = 1; i < count; i++) {
            if (kinds[i] == kinds[last] && starts[i] == ends[last]) {
                ends[last] = ends[i];
            } else {
                last++;
                move(i, last);
            }
        }
        count = last + 1;
    }
}
