package k23.sdk.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import k23.sdk.riscv.SbiResult;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/**
 * A simulated RISC-V machine of one hart, the twin of the intrinsics.
 *
 * <p>Memory is sparse and must be {@linkplain #allocate allocated} before it is touched; page zero
 * always faults; accesses must be naturally aligned. One machine belongs to one thread: tests call
 * {@link #reset()} first.
 */
public final class Machine {
    private static final int PAGE_BYTES = 4096;
    /** How many pages are found without a look at the map: those used last, by their number. */
    private static final int RECENT_BITS = 6;
    private static final int RECENT = 1 << RECENT_BITS;
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;
    private static final long FIRST_FREE = 0x8000_0000L;
    private static final ThreadLocal<Machine> CURRENT = ThreadLocal.withInitial(Machine::new);

    private record DeviceRange(long bytes, Device device) {}

    private final Map<Long, ByteBuffer> pages = new HashMap<>();
    private final long[] recentNumbers = new long[RECENT];
    private final ByteBuffer[] recentPages = new ByteBuffer[RECENT];
    private final TreeMap<Long, DeviceRange> devices = new TreeMap<>(Long::compareUnsigned);
    private final Map<Integer, Long> csrs = new HashMap<>();
    private final Map<String, Long> symbols = new HashMap<>();
    private final StringBuilder console = new StringBuilder();
    private SbiHandler sbi = this::answerSbi;
    private long nextFree = FIRST_FREE;
    private long threadPointer;

    /** What answers an SBI call of the simulated machine. */
    @FunctionalInterface
    public interface SbiHandler {
        /** Answers call {@code function} of {@code extension} with up to three arguments. */
        SbiResult call(long extension, long function, long arg0, long arg1, long arg2);
    }

    private Machine() {}

    /** The machine of this thread. */
    public static Machine current() {
        return CURRENT.get();
    }

    /** Gives this thread a new, empty machine and returns it. */
    public static Machine reset() {
        CURRENT.set(new Machine());
        return CURRENT.get();
    }

    /** Zeroed memory of {@code bytes} bytes, at a multiple of the page size. */
    public Span allocate(long bytes) {
        long start = nextFree;
        long end = start + Math.max(bytes, 1);
        map(start, bytes);
        // One unmapped page behind each allocation catches overruns.
        nextFree = (end + 2 * PAGE_BYTES - 1) & -PAGE_BYTES;
        return new Span(new Address(start), bytes);
    }

    /** Memory that holds a copy of {@code bytes}. */
    public Span allocate(byte[] bytes) {
        Span span = allocate(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            store(span.start().value() + i, 1, bytes[i]);
        }
        return span;
    }

    /** Makes the pages of {@code [start, start + bytes)} usable. */
    public void map(long start, long bytes) {
        long first = start >>> 12;
        long last = (start + Math.max(bytes, 1) - 1) >>> 12;
        for (long page = first; page <= last; page++) {
            pages.computeIfAbsent(page, _ ->
                    ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    /** A copy of the bytes of {@code span}. */
    public byte[] bytes(Span span) {
        byte[] result = new byte[Math.toIntExact(span.length())];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) load(span.start().value() + i, 1);
        }
        return result;
    }

    /** Puts a device model at {@code [base, base + bytes)}. */
    public void attach(long base, long bytes, Device device) {
        devices.put(base, new DeviceRange(bytes, device));
    }

    /** Replaces the SBI firmware model. */
    public void firmware(SbiHandler handler) {
        sbi = handler;
    }

    /** What has been written to the SBI console so far. */
    public String console() {
        return console.toString();
    }

    /** Loads {@code width} bytes, zero-extended. */
    public long load(long address, int width) {
        DeviceRange device = device(address);
        if (device != null) {
            return device.device().read(address - devices.floorKey(address), width);
        }
        ByteBuffer page = page(address, width, "load");
        int at = (int) (address & (PAGE_BYTES - 1));
        return switch (width) {
            case 1 -> page.get(at) & 0xffL;
            case 2 -> page.getShort(at) & 0xffffL;
            case 4 -> page.getInt(at) & 0xffff_ffffL;
            case 8 -> page.getLong(at);
            default -> throw new IllegalArgumentException("width " + width);
        };
    }

    /** Stores the low {@code width} bytes of {@code bits}. */
    public void store(long address, int width, long bits) {
        DeviceRange device = device(address);
        if (device != null) {
            device.device().write(address - devices.floorKey(address), width, bits);
            return;
        }
        ByteBuffer page = page(address, width, "store");
        int at = (int) (address & (PAGE_BYTES - 1));
        switch (width) {
            case 1 -> page.put(at, (byte) bits);
            case 2 -> page.putShort(at, (short) bits);
            case 4 -> page.putInt(at, (int) bits);
            case 8 -> page.putLong(at, bits);
            default -> throw new IllegalArgumentException("width " + width);
        }
    }

    private DeviceRange device(long address) {
        if (devices.isEmpty()) {
            return null;
        }
        Map.Entry<Long, DeviceRange> entry = devices.floorEntry(address);
        return entry != null && Long.compareUnsigned(address - entry.getKey(),
                entry.getValue().bytes()) < 0 ? entry.getValue() : null;
    }

    private ByteBuffer page(long address, int width, String what) {
        long number = address >>> 12;
        // All bits count: programs copy between places that are far apart and aligned alike.
        int recent = (int) (number * SPREAD >>> 64 - RECENT_BITS);
        ByteBuffer page = recentPages[recent];
        if (page == null || recentNumbers[recent] != number) {
            page = pages.get(number);
            recentPages[recent] = page;
            recentNumbers[recent] = number;
        }
        if (page == null || (address & (width - 1)) != 0) {
            String why = Long.compareUnsigned(address, PAGE_BYTES) < 0 ? "null page"
                    : page == null ? "unmapped" : "misaligned";
            throw new MachineFault(what + " of " + width + " bytes at 0x"
                    + Long.toHexString(address) + ": " + why);
        }
        return page;
    }

    /** The value of a control and status register, 0 until written. */
    public long csr(int number) {
        return csrs.getOrDefault(number, 0L);
    }

    /** Sets a control and status register. */
    public void csr(int number, long value) {
        csrs.put(number, value);
    }

    /** The thread pointer register. */
    public long threadPointer() {
        return threadPointer;
    }

    /** Sets the thread pointer register. */
    public void threadPointer(long value) {
        threadPointer = value;
    }

    /** Gives the linker symbol {@code name} an address. */
    public void define(String name, long address) {
        symbols.put(name, address);
    }

    /** The address of a linker symbol; a fault when it was not {@linkplain #define defined}. */
    public long symbol(String name) {
        Long address = symbols.get(name);
        if (address == null) {
            throw new MachineFault("undefined symbol " + name);
        }
        return address;
    }

    /** Performs an SBI call. */
    public SbiResult sbi(long extension, long function, long arg0, long arg1, long arg2) {
        return sbi.call(extension, function, arg0, arg1, arg2);
    }

    private SbiResult answerSbi(long extension, long function, long arg0, long arg1, long arg2) {
        final long legacyPutchar = 1;
        final long notSupported = -2;
        if (extension == legacyPutchar) {
            console.append(new String(new byte[] {(byte) arg0}, StandardCharsets.ISO_8859_1));
            return new SbiResult(0, 0);
        }
        return new SbiResult(notSupported, 0);
    }
}
