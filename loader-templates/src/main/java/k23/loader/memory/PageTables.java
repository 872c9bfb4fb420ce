package k23.loader.memory;

import k23.sdk.boot.MemoryRegion;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/**
 * The page tables that the payload is entered on, for Sv39, Sv48 and Sv57 (Privileged
 * Specification, chapter "Supervisor-Level ISA"). They are written with paging off, where a
 * physical address is an address.
 */
public final class PageTables {
    /** The bytes of virtual address space that a leaf of the lowest level maps. */
    public static final long PAGE_BYTES = 4096;

    private static final int ENTRY_BITS = 9;
    private static final int PAGE_SHIFT = 12;
    private static final int POOL_PAGES = 16;

    private final MemoryMap memory;
    private long root;
    private int levels;
    private long poolNext;
    private long poolEnd;
    private long poolKind;

    /** Tables whose frames come from {@code memory}. */
    public PageTables(MemoryMap memory) {
        this.memory = memory;
    }

    /** Starts anew with an empty root table for {@code pagingBits} (39, 48 or 57). */
    public void create(int pagingBits) {
        levels = (pagingBits - PAGE_SHIFT) / ENTRY_BITS;
        poolNext = 0;
        poolEnd = 0;
        poolKind = MemoryRegion.PAGE_TABLES;
        root = newTable();
    }

    /** The root table. */
    public PhysAddress root() {
        return new PhysAddress(root);
    }

    /** The value of the SATP register that turns these tables on. */
    public long satp() {
        return satp(levels, root);
    }

    private static long satp(int levels, long root) {
        // Mode 8 is Sv39, 9 is Sv48, 10 is Sv57: the number of levels plus five.
        return (long) (levels + 5) << 60 | root >>> PAGE_SHIFT;
    }

    /**
     * Makes the frame {@code root} a root table with one leaf, the largest that there is, which
     * maps {@code code} where it is.
     *
     * @param pagingBits 39, 48 or 57
     * @return the value of SATP that turns it on
     */
    public static long identityRoot(int pagingBits, PhysAddress root, Address code,
            PageFlags flags) {
        int levels = (pagingBits - PAGE_SHIFT) / ENTRY_BITS;
        new Span(new Address(root.value()), PAGE_BYTES).clear();
        long leaf = code.value() & -pageBytes(levels - 1);
        entryAddress(root.value(), leaf, levels - 1).putLong(0, flags.leafEntry(leaf));
        return satp(levels, root.value());
    }

    /**
     * Maps {@code bytes} bytes from {@code virtual} on to those from {@code physical} on, in the
     * largest pages that the alignment of both allows. Panics when a page is mapped already.
     */
    public void map(Address virtual, PhysAddress physical, long bytes, PageFlags flags) {
        long from = virtual.value();
        long frame = physical.value();
        if (((from | frame | bytes) & (PAGE_BYTES - 1)) != 0) {
            throw new IllegalArgumentException("mapping is not page aligned");
        }
        long done = 0;
        while (done < bytes) {
            int level = largestLevel(from + done | frame + done, bytes - done);
            mapOne(from + done, frame + done, level, flags);
            done += pageBytes(level);
        }
    }

    private int largestLevel(long bits, long bytes) {
        int level = levels - 1;
        while (level > 0 && ((bits & (pageBytes(level) - 1)) != 0 || bytes < pageBytes(level))) {
            level--;
        }
        return level;
    }

    private static long pageBytes(int level) {
        return 1L << PAGE_SHIFT + level * ENTRY_BITS;
    }

    private void mapOne(long virtual, long frame, int leafLevel, PageFlags flags) {
        long table = root;
        for (int level = levels - 1; level > leafLevel; level--) {
            Address entry = entryAddress(table, virtual, level);
            long bits = entry.getLong(0);
            if (!PageFlags.isValid(bits)) {
                bits = PageFlags.tableEntry(newTable());
                entry.putLong(0, bits);
            } else if (!PageFlags.isTable(bits)) {
                throw new IllegalStateException("page is mapped twice");
            }
            table = bits >>> 10 << PAGE_SHIFT;
        }
        Address entry = entryAddress(table, virtual, leafLevel);
        if (PageFlags.isValid(entry.getLong(0))) {
            throw new IllegalStateException("page is mapped twice");
        }
        entry.putLong(0, flags.leafEntry(frame));
    }

    private static Address entryAddress(long table, long virtual, int level) {
        long index = virtual >>> PAGE_SHIFT + level * ENTRY_BITS & (1 << ENTRY_BITS) - 1;
        return new Address(table + index * 8);
    }

    /**
     * From now on tables are memory of the loader's: what is mapped now is to be forgotten soon.
     * The frames that were set aside for tables and are not used become usable again.
     */
    public void becomeTemporary() {
        close();
        poolKind = MemoryRegion.LOADER;
    }

    /** Gives back the frames that were set aside for tables; what follows sets aside others. */
    public void close() {
        memory.release(new PhysAddress(poolNext), poolEnd - poolNext);
        poolNext = poolEnd;
    }

    private long newTable() {
        if (poolNext == poolEnd) {
            poolNext = memory.take(POOL_PAGES * PAGE_BYTES, PAGE_BYTES, poolKind).value();
            poolEnd = poolNext + POOL_PAGES * PAGE_BYTES;
        }
        long table = poolNext;
        poolNext += PAGE_BYTES;
        new Span(new Address(table), PAGE_BYTES).clear();
        return table;
    }

    /**
     * What {@code virtual} is translated to, or -1 when it is not mapped: a walk as the hart does
     * it, for checks.
     */
    public long translate(Address virtual) {
        long table = root;
        for (int level = levels - 1; level >= 0; level--) {
            long bits = entryAddress(table, virtual.value(), level).getLong(0);
            if (!PageFlags.isValid(bits)) {
                return -1;
            }
            long frame = bits << 10 >>> 20 << PAGE_SHIFT;
            if (!PageFlags.isTable(bits)) {
                return frame + (virtual.value() & (pageBytes(level) - 1));
            }
            table = frame;
        }
        return -1;
    }
}
