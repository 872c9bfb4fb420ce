package k23.loader;

import k23.loader.memory.MemoryMap;
import k23.sdk.Log;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.devicetree.DeviceTree;
import k23.sdk.devicetree.Node;
import k23.sdk.devicetree.Range;
import k23.sdk.word.PhysAddress;

/**
 * What the device tree keeps from everybody (Devicetree Specification, sections 3.5 and 5.3): the
 * reservation block, and the children of {@code /reserved-memory}: those that say where they lie,
 * and those that leave it to whoever reads the tree first. Pages of {@code no-map} ones are in no
 * mapping, not even by chance.
 */
final class Reservations {
    /** The most ranges that are kept out of mappings. */
    static final int CAPACITY = 64;

    private final long[] starts = new long[CAPACITY];
    private final long[] ends = new long[CAPACITY];
    private int count;

    /** Claims every reservation that says where it lies. */
    void claim(DeviceTree tree, MemoryMap map) {
        Node parent = parent(tree);
        // First the unmapped: of several claims to a page the first counts.
        claim(parent, map, true);
        claim(parent, map, false);
        for (int i = 0; i < tree.reservations(); i++) {
            Range range = tree.reservation(i);
            map.claim(new PhysAddress(range.start()), range.length(), MemoryRegion.RESERVED);
        }
    }

    private void claim(Node parent, MemoryMap map, boolean isUnmapped) {
        for (Node child = first(parent); !child.isNone(); child = child.nextSibling()) {
            int ranges = child.has("no-map") == isUnmapped ? child.registerCount(parent) : 0;
            for (int i = 0; i < ranges; i++) {
                Range range = child.registers(parent, i);
                if (isUnmapped) {
                    unmapped(range.start(), range.length());
                }
                map.claim(new PhysAddress(range.start()), range.length(),
                        isUnmapped ? MemoryRegion.UNMAPPED : MemoryRegion.RESERVED);
            }
        }
    }

    /**
     * Chooses places for the reservations that have a size only, once everything is claimed that
     * has its place. The boot ends here if one finds none.
     */
    void place(DeviceTree tree, MemoryMap map) {
        Node parent = parent(tree);
        for (Node child = first(parent); !child.isNone(); child = child.nextSibling()) {
            long bytes = child.has("reg") ? 0 : child.wideNumber("size", 0);
            if (bytes != 0) {
                place(map, parent, child, bytes);
            }
        }
    }

    private void place(MemoryMap map, Node parent, Node child, long bytes) {
        long asked = child.wideNumber("alignment", 0);
        long alignment = Math.max(asked, MemoryMap.PAGE_BYTES);
        boolean isUnmapped = child.has("no-map");
        long kind = isUnmapped ? MemoryRegion.UNMAPPED : MemoryRegion.RESERVED;
        long start = MemoryMap.NOWHERE;
        if (asked >= 0 && Long.bitCount(asked) <= 1
                && bytes > 0 && bytes < MemoryMap.ADDRESS_LIMIT) {
            start = child.has("alloc-ranges") ? within(map, parent, child, bytes, alignment)
                    : map.find(bytes, alignment, 0, MemoryMap.ADDRESS_LIMIT);
        }
        if (start == MemoryMap.NOWHERE) {
            Stop.because("device tree", "a reservation finds no place");
        }
        map.claim(new PhysAddress(start), bytes, kind);
        if (isUnmapped) {
            unmapped(start, bytes);
        }
        Log.begin("info");
        Log.print("loader: reserved " + bytes + " bytes at " + new PhysAddress(start) + " for ");
        Log.append(child.name());
        Log.end();
    }

    private static long within(MemoryMap map, Node parent, Node child, long bytes,
            long alignment) {
        long found = MemoryMap.NOWHERE;
        for (int i = 0; i < child.rangeCount("alloc-ranges", parent); i++) {
            Range range = child.range("alloc-ranges", parent, i);
            if (found == MemoryMap.NOWHERE) {
                found = map.find(bytes, alignment, range.start(),
                        MemoryMap.end(new PhysAddress(range.start()), range.length()));
            }
        }
        return found;
    }

    private static Node parent(DeviceTree tree) {
        return tree.root().child("reserved-memory");
    }

    private static Node first(Node parent) {
        return parent.isNone() ? Node.NONE : parent.firstChild();
    }

    private void unmapped(long start, long bytes) {
        if (count == CAPACITY) {
            Stop.because("device tree", "more than 64 ranges must not be mapped");
        }
        starts[count] = start & -MemoryMap.PAGE_BYTES;
        ends[count] = MemoryMap.end(new PhysAddress(start), bytes) + MemoryMap.PAGE_BYTES - 1
                & -MemoryMap.PAGE_BYTES;
        count += starts[count] < ends[count] && starts[count] >= 0 ? 1 : 0;
    }

    /** The first byte from {@code at} on that may not be mapped, or {@code limit} if none below. */
    long nextUnmapped(long at, long limit) {
        long next = limit;
        for (int i = 0; i < count; i++) {
            if (ends[i] > at) {
                next = Math.min(next, Math.max(starts[i], at));
            }
        }
        return next;
    }

    /** The first byte from {@code at} on that may be mapped; {@code limit} if none below. */
    long nextMapped(long at, long limit) {
        long next = at;
        for (int pass = 0; pass < count; pass++) {
            for (int i = 0; i < count; i++) {
                next = starts[i] <= next && next < ends[i] ? ends[i] : next;
            }
        }
        return Math.min(next, limit);
    }
}
