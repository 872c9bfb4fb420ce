package k23.kernel.memory;

import k23.sdk.NoAllocation;
import k23.sdk.riscv.Csr;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;

/**
 * A program's page table (Privileged Specification, "Sv39: Page-Based 39-bit Virtual-Memory
 * System" and the two sections behind it). Its upper half is the kernel's, shared: the kernel never
 * changes its own root table after the loader made it, so that a copy of the root's entries stays
 * true (I8).
 *
 * <p>Nothing here flushes translations; whoever edits does (I2).
 *
 * @param root   the root table's frame
 * @param levels 3, 4 or 5
 */
@NoAllocation
record PageTable(PhysAddress root, int levels) {
    /** The level of 4 KiB pages. */
    static final int PAGE = 0;
    /** The level of 2 MiB pages. */
    static final int LARGE_PAGE = 1;
    /** Software bit of a leaf: its frame belongs to the address space and is freed with it. */
    static final long OWNED = 1L << 8;

    /** The entries of a table. */
    static final int ENTRIES = 512;
    private static final int ENTRY_BYTES = 8;
    private static final int INDEX_BITS = 9;
    private static final int PAGE_SHIFT = 12;
    private static final int FRAME_SHIFT = 10;
    private static final long FRAME_MASK = (1L << 44) - 1;
    private static final long VALID = 1;
    private static final long LEAF = 0b1110;

    /** A table without user mappings; {@link Frames#isNone} root when memory is out. */
    static PageTable create(PhysAddress kernelRoot, int levels) {
        PhysAddress root = Frames.allocateZeroed(0);
        if (!Frames.isNone(root)) {
            Address from = PhysicalMap.at(kernelRoot);
            Address to = PhysicalMap.at(root);
            for (int i = ENTRIES / 2; i < ENTRIES; i++) {
                to.putLong(i * ENTRY_BYTES, from.getLong(i * ENTRY_BYTES));
            }
        }
        return new PageTable(root, levels);
    }

    /** The first address behind the user's half. */
    long userEnd() {
        return 1L << PAGE_SHIFT + levels * INDEX_BITS - 1;
    }

    /** Makes this table the hart's. */
    void activate() {
        // Mode 8 is Sv39, 9 Sv48, 10 Sv57.
        Csr.write(Csr.SATP, (long) (levels + 5) << 60 | root.value() >>> PAGE_SHIFT);
    }

    /** The bytes that a leaf at {@code level} maps. */
    static long pageBytes(int level) {
        return 1L << PAGE_SHIFT + level * INDEX_BITS;
    }

    private static Address slot(PhysAddress table, long virtual, int level) {
        long index = virtual >>> PAGE_SHIFT + level * INDEX_BITS & ENTRIES - 1;
        return PhysicalMap.at(table).plus(index * ENTRY_BYTES);
    }

    /** The frame that an entry points to. */
    static PhysAddress frame(long entry) {
        return new PhysAddress((entry >>> FRAME_SHIFT & FRAME_MASK) << PAGE_SHIFT);
    }

    /** Whether an entry maps a page. */
    static boolean isLeaf(long entry) {
        return (entry & VALID) != 0 && (entry & LEAF) != 0;
    }

    /** The rights in an entry, as {@link Protection#flags}. */
    static long flags(long entry) {
        return entry & 0xff;
    }

    /**
     * Maps one page of {@code level}; the page and the frame are aligned to its size.
     *
     * @return false when there is no memory for a table
     */
    boolean map(long virtual, PhysAddress physical, long flags, int level) {
        PhysAddress table = root;
        for (int l = levels - 1; l > level; l--) {
            Address slot = slot(table, virtual, l);
            long entry = slot.getLong(0);
            if (isLeaf(entry)) {
                throw new IllegalStateException("page is mapped already");
            }
            if (entry == 0) {
                PhysAddress next = Frames.allocateZeroed(0);
                if (Frames.isNone(next)) {
                    return false;
                }
                entry = next.value() >>> PAGE_SHIFT << FRAME_SHIFT | VALID;
                slot.putLong(0, entry);
            }
            table = frame(entry);
        }
        Address slot = slot(table, virtual, level);
        if (slot.getLong(0) != 0) {
            throw new IllegalStateException("page is mapped already");
        }
        slot.putLong(0, physical.value() >>> PAGE_SHIFT << FRAME_SHIFT | flags);
        return true;
    }

    /**
     * The place of the leaf that maps {@code virtual}.
     *
     * @param slot  the kernel address of the entry; null when nothing maps the page
     * @param level of the leaf
     */
    record Leaf(Address slot, int level) {
        boolean isMapped() {
            return !slot.isNull();
        }

        long entry() {
            return slot.getLong(0);
        }
    }

    /** Finds the leaf that maps {@code virtual}, an address of the user's half. */
    Leaf find(long virtual) {
        PhysAddress table = root;
        for (int level = levels - 1; level >= 0; level--) {
            Address slot = slot(table, virtual, level);
            long entry = slot.getLong(0);
            if (isLeaf(entry)) {
                return new Leaf(slot, level);
            }
            if (entry == 0) {
                break;
            }
            table = frame(entry);
        }
        return new Leaf(Address.NULL, 0);
    }

    /** Frees all tables of the user's half, and the frames of leaves that are {@link #OWNED}. */
    void destroy() {
        Address entries = PhysicalMap.at(root);
        for (int i = 0; i < ENTRIES / 2; i++) {
            freeBelow(entries.getLong(i * ENTRY_BYTES), levels - 1);
        }
        Frames.free(root, 0);
    }

    private static void freeBelow(long entry, int level) {
        if (isLeaf(entry)) {
            freeLeaf(entry, level);
        } else if (entry != 0) {
            Address entries = PhysicalMap.at(frame(entry));
            for (int i = 0; i < ENTRIES; i++) {
                freeBelow(entries.getLong(i * ENTRY_BYTES), level - 1);
            }
            Frames.free(frame(entry), 0);
        }
    }

    /** Frees the frames of a leaf that was taken out of the table. */
    static void freeLeaf(long entry, int level) {
        if ((entry & OWNED) != 0) {
            Frames.free(frame(entry), level * INDEX_BITS);
        }
    }
}
