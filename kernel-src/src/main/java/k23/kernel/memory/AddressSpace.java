package k23.kernel.memory;

import k23.kernel.trap.Cause;
import k23.sdk.NoAllocation;
import k23.sdk.boot.BootInfo;
import k23.sdk.memory.RawMemory;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Hart;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/**
 * The virtual memory of one program: what is loaded into it, and reservations whose pages come when
 * they are touched. The kernel's half is the same in all of them.
 *
 * <p>Addresses that come from the program are checked here and never trusted: one outside of the
 * user's half, or where nothing is mapped, makes the copy fail.
 */
public final class AddressSpace {
    /** The most reservations of one program. */
    public static final int MAX_RESERVATIONS = 64;

    /** Pages that come together when one is touched: a page of WASM memory. */
    private static final long CHUNK_BYTES = 64 << 10;
    private static final long PAGE_MASK = Frames.BYTES - 1;

    private static PhysAddress kernelRoot = new PhysAddress(0);
    private static int levels;
    private static AddressSpace active;

    private final PageTable table;
    private final Reservation[] reservations = new Reservation[MAX_RESERVATIONS];
    private int reservationCount;
    private long promisedFrames;

    private AddressSpace(PageTable table) {
        this.table = table;
    }

    /** Learns the table that the loader made and the kernel runs on. */
    public static void start(BootInfo boot) {
        kernelRoot = boot.pageTableRoot();
        levels = ((int) boot.pagingBits() - 12) / 9;
        active = null;
    }

    /** An address space without user mappings; null when memory is out. */
    public static AddressSpace create() {
        PageTable table = PageTable.create(kernelRoot, levels);
        return Frames.isNone(table.root()) ? null : new AddressSpace(table);
    }

    /** What came of a page fault. */
    public enum Fault {
        /** The page is there now: the program goes on where it was. */
        BACKED,
        /** The program touched what it may not. */
        REFUSED,
        /** There is no memory left to back the page: cannot happen to committed memory (I9). */
        OUT_OF_MEMORY
    }

    /** The first address behind the part that programs can use. */
    public long end() {
        return table.userEnd();
    }

    private boolean isUserRange(long start, long bytes) {
        return start >= Frames.BYTES && bytes >= 0 && start <= table.userEnd()
                && bytes <= table.userEnd() - start;
    }

    private void checkPages(long start, long bytes) {
        if (!isUserRange(start, bytes) || ((start | bytes) & PAGE_MASK) != 0) {
            throw new IllegalArgumentException("not a range of user pages");
        }
    }

    /**
     * Maps zeroed memory of its own.
     *
     * @param start page aligned, not page 0
     * @param bytes a multiple of the page size
     * @return false when memory is out; what was mapped until then goes with the address space
     */
    public boolean allocate(long start, long bytes, Protection protection) {
        checkPages(start, bytes);
        for (long done = 0; done < bytes; done += Frames.BYTES) {
            if (!allocatePage(start + done, protection)) {
                return false;
            }
        }
        Hart.fenceTranslations();
        return true;
    }

    @NoAllocation
    private boolean allocatePage(long page, Protection protection) {
        PhysAddress frame = Frames.allocateZeroed(0);
        if (Frames.isNone(frame)) {
            return false;
        }
        if (table.map(page, frame, protection.flags() | PageTable.OWNED, PageTable.PAGE)) {
            return true;
        }
        Frames.free(frame, 0);
        return false;
    }

    /**
     * Maps {@code memBytes} bytes from {@code start} on, whole pages around them, the first of
     * which hold a copy of {@code contents} and the rest zeros: a segment of a program.
     *
     * @return false when memory is out
     */
    public boolean load(long start, Span contents, long memBytes, Protection protection) {
        long first = start & ~PAGE_MASK;
        long end = (start + memBytes + PAGE_MASK) & ~PAGE_MASK;
        if (contents.length() > memBytes || !isUserRange(start, memBytes)) {
            throw new IllegalArgumentException("segment outside of user memory");
        }
        if (!allocate(first, end - first, protection)) {
            return false;
        }
        boolean copied = fill(contents, start);
        if (protection == Protection.READ_EXECUTE) {
            Hart.fenceInstructions();
        }
        return copied;
    }

    /**
     * Maps memory that belongs to someone else, in 2 MiB pages where both sides are aligned.
     *
     * @return false when memory for tables is out
     */
    public boolean share(long start, PhysAddress physical, long bytes, Protection protection) {
        checkPages(start, bytes);
        long done = 0;
        while (done < bytes) {
            long large = PageTable.pageBytes(PageTable.LARGE_PAGE);
            boolean fits = ((start + done | physical.value() + done) & large - 1) == 0
                    && bytes - done >= large;
            int level = fits ? PageTable.LARGE_PAGE : PageTable.PAGE;
            if (!table.map(start + done, physical.plus(done), protection.flags(), level)) {
                return false;
            }
            done += PageTable.pageBytes(level);
        }
        Hart.fenceTranslations();
        return true;
    }

    /** Changes the rights of mapped pages; those that are not mapped stay so. */
    public void protect(long start, long bytes, Protection protection) {
        checkPages(start, bytes);
        for (long done = 0; done < bytes; ) {
            PageTable.Leaf leaf = table.find(start + done);
            long step = Frames.BYTES;
            if (leaf.isMapped()) {
                step = wholeLeaf(leaf, start + done, bytes - done);
                long entry = leaf.entry();
                leaf.slot().putLong(0, entry - PageTable.flags(entry) + protection.flags());
            }
            done += step;
        }
        Hart.fenceTranslations();
        Hart.fenceInstructions();
    }

    /** Unmaps pages and frees the frames that were theirs. */
    public void unmap(long start, long bytes) {
        checkPages(start, bytes);
        for (long done = 0; done < bytes; ) {
            PageTable.Leaf leaf = table.find(start + done);
            long step = Frames.BYTES;
            if (leaf.isMapped()) {
                step = wholeLeaf(leaf, start + done, bytes - done);
                long entry = leaf.entry();
                leaf.slot().putLong(0, 0);
                // The frame may serve someone else next: no translation to it may be left.
                Hart.fenceTranslations();
                PageTable.freeLeaf(entry, leaf.level());
            }
            done += step;
        }
    }

    private static long wholeLeaf(PageTable.Leaf leaf, long page, long left) {
        long bytes = PageTable.pageBytes(leaf.level());
        if ((page & bytes - 1) != 0 || left < bytes) {
            throw new IllegalArgumentException("range cuts a large page");
        }
        return bytes;
    }

    /**
     * Sets a range aside of which nothing may be touched yet; see {@link Reservation#commit}.
     *
     * @param start page aligned
     * @param bytes a multiple of the page size
     */
    public Reservation reserve(long start, long bytes, Protection protection) {
        checkPages(start, bytes);
        for (int i = 0; i < reservationCount; i++) {
            Reservation other = reservations[i];
            if (start < other.start() + other.reservedBytes()
                    && other.start() < start + bytes) {
                throw new IllegalArgumentException("reservations overlap");
            }
        }
        if (reservationCount == MAX_RESERVATIONS) {
            throw new IllegalStateException("too many reservations");
        }
        Reservation result = new Reservation(this, start, bytes, protection);
        reservations[reservationCount] = result;
        reservationCount++;
        return result;
    }

    /** Sets aside what {@code bytes} more bytes of a reservation need, tables included. */
    boolean promise(long bytes) {
        long pages = bytes / Frames.BYTES;
        long frames = bytes == 0 ? 0 : pages + pages / PageTable.ENTRIES + table.levels();
        if (!Frames.promise(frames)) {
            return false;
        }
        promisedFrames += frames;
        return true;
    }

    /** Answers a page fault of the program at {@code address}; the cause is {@code scause}. */
    @NoAllocation
    public Fault handleFault(long address, long cause) {
        for (int i = 0; i < reservationCount; i++) {
            Reservation reservation = reservations[i];
            if (reservation.contains(address)) {
                return back(reservation, address, cause);
            }
        }
        return Fault.REFUSED;
    }

    @NoAllocation
    private Fault back(Reservation reservation, long address, long cause) {
        long offset = address - reservation.start();
        if (offset >= reservation.committedBytes() || !reservation.protection().allows(cause)
                || table.find(address).isMapped()) {
            return Fault.REFUSED;
        }
        Frames.release(promisedFrames);
        long free = Frames.free();
        boolean backed = backChunk(reservation, offset & -CHUNK_BYTES);
        promisedFrames -= free - Frames.free();
        Frames.promise(promisedFrames);
        Hart.fenceTranslations();
        return backed ? Fault.BACKED : Fault.OUT_OF_MEMORY;
    }

    @NoAllocation
    private boolean backChunk(Reservation reservation, long first) {
        long end = Math.min(first + CHUNK_BYTES, reservation.committedBytes());
        for (long at = first; at < end; at += Frames.BYTES) {
            long page = reservation.start() + at;
            if (!table.find(page).isMapped() && !allocatePage(page, reservation.protection())) {
                return false;
            }
        }
        return true;
    }

    /** Backs a page of the active program that the kernel itself touched; false if it may not. */
    @NoAllocation
    public static boolean backForKernel(long address, long cause) {
        return active != null && (Csr.read(Csr.SSTATUS) & Csr.SSTATUS_SUM) != 0
                && cause != Cause.FETCH_PAGE_FAULT
                && active.handleFault(address, cause) == Fault.BACKED;
    }

    /** Where a byte of the program lies; 0 when it may not be accessed in this way. */
    @NoAllocation
    private PhysAddress translate(long address, long cause) {
        PageTable.Leaf leaf = table.find(address);
        if (!leaf.isMapped()) {
            if (handleFault(address, cause) != Fault.BACKED) {
                return new PhysAddress(0);
            }
            leaf = table.find(address);
        }
        long entry = leaf.entry();
        if (cause == Cause.STORE_PAGE_FAULT
                && PageTable.flags(entry) != Protection.READ_WRITE.flags()) {
            return new PhysAddress(0);
        }
        return PageTable.frame(entry).plus(address & PageTable.pageBytes(leaf.level()) - 1);
    }

    /** Copies from the program at {@code from}; false if any byte of it is not readable. */
    @NoAllocation
    public boolean copyIn(long from, Span to) {
        return copy(from, to, Cause.LOAD_PAGE_FAULT);
    }

    /** Copies into the program at {@code to}, whatever the page's rights: the loader's way. */
    private boolean fill(Span from, long to) {
        return copy(to, from, Cause.FETCH_PAGE_FAULT);
    }

    /** Copies to the program at {@code to}; false if any byte of it is not writable. */
    @NoAllocation
    public boolean copyOut(Span from, long to) {
        return copy(to, from, Cause.STORE_PAGE_FAULT);
    }

    /** Copies page by page: into {@code kernel} when the cause is a load, else out of it. */
    @NoAllocation
    private boolean copy(long user, Span kernel, long cause) {
        if (!isUserRange(user, kernel.length())) {
            return false;
        }
        long done = 0;
        while (done < kernel.length()) {
            long address = user + done;
            long step = Math.min(Frames.BYTES - (address & PAGE_MASK), kernel.length() - done);
            PhysAddress physical = translate(address, cause);
            if (Frames.isNone(physical)) {
                return false;
            }
            long there = PhysicalMap.at(physical).value();
            long here = kernel.start().value() + done;
            boolean in = cause == Cause.LOAD_PAGE_FAULT;
            RawMemory.copy(in ? there : here, in ? here : there, step);
            done += step;
        }
        return true;
    }

    /** Makes this the address space of the hart. */
    public void activate() {
        active = this;
        table.activate();
        Hart.fenceTranslations();
    }

    /** Leaves every program's address space. */
    public static void deactivate() {
        active = null;
        new PageTable(kernelRoot, levels).activate();
        Hart.fenceTranslations();
    }

    /**
     * While open, the kernel may touch the active program's memory at the program's own addresses:
     * pages that are reserved come as they would for the program itself. A touch of anything else
     * is a panic, so every address is checked before.
     *
     * @param before SSTATUS as it was
     */
    public record Access(long before) implements AutoCloseable {
        @Override
        public void close() {
            if ((before & Csr.SSTATUS_SUM) == 0) {
                Csr.clear(Csr.SSTATUS, Csr.SSTATUS_SUM);
            }
        }
    }

    /** Opens the active program's memory to the kernel. */
    public static Access access() {
        return new Access(Csr.set(Csr.SSTATUS, Csr.SSTATUS_SUM));
    }

    /** Frees everything; the address space must not be used any more. */
    public void destroy() {
        if (active == this) {
            deactivate();
        }
        table.destroy();
        Frames.release(promisedFrames);
        promisedFrames = 0;
        reservationCount = 0;
    }
}
