package k23.sdk.memory;

import k23.sdk.Intrinsic;
import k23.sdk.RawAccess;
import k23.sdk.sim.Machine;

/**
 * Loads and stores of plain memory: little endian, naturally aligned, free for the compiler to
 * merge and reorder within one hart as the Java memory model allows for plain fields.
 */
@RawAccess(instead = "Span, which checks bounds, or Address")
public final class RawMemory {
    /** From this many bytes on, a copy by words pays for getting the target aligned. */
    private static final long WORTH_ALIGNING = 16;

    private RawMemory() {}

    /** Loads one byte. */
    @Intrinsic
    public static byte loadByte(long address) {
        return (byte) Machine.current().load(address, 1);
    }

    /** Loads two bytes; {@code address} is even. */
    @Intrinsic
    public static short loadShort(long address) {
        return (short) Machine.current().load(address, 2);
    }

    /** Loads four bytes; {@code address} is a multiple of 4. */
    @Intrinsic
    public static int loadInt(long address) {
        return (int) Machine.current().load(address, 4);
    }

    /** Loads eight bytes; {@code address} is a multiple of 8. */
    @Intrinsic
    public static long loadLong(long address) {
        return Machine.current().load(address, 8);
    }

    /** Stores one byte. */
    @Intrinsic
    public static void storeByte(long address, byte bits) {
        Machine.current().store(address, 1, bits);
    }

    /** Stores two bytes; {@code address} is even. */
    @Intrinsic
    public static void storeShort(long address, short bits) {
        Machine.current().store(address, 2, bits);
    }

    /** Stores four bytes; {@code address} is a multiple of 4. */
    @Intrinsic
    public static void storeInt(long address, int bits) {
        Machine.current().store(address, 4, bits);
    }

    /** Stores eight bytes; {@code address} is a multiple of 8. */
    @Intrinsic
    public static void storeLong(long address, long bits) {
        Machine.current().store(address, 8, bits);
    }

    /** Copies {@code bytes} bytes; the ranges may overlap, as in C's {@code memmove}. */
    public static void copy(long from, long to, long bytes) {
        if (Long.compareUnsigned(to - from, bytes) >= 0) {
            copyUp(from, to, bytes);
        } else {
            copyDown(from, to, bytes);
        }
    }

    private static void copyUp(long from, long to, long bytes) {
        long i = 0;
        if (bytes >= WORTH_ALIGNING) {
            for (; (to + i & 7) != 0; i++) {
                storeByte(to + i, loadByte(from + i));
            }
            i = (from + i & 7) == 0 ? copyWords(from, to, i, bytes)
                    : copyShifted(from, to, i, bytes);
        }
        for (; i < bytes; i++) {
            storeByte(to + i, loadByte(from + i));
        }
    }

    /** Copies the whole words from byte {@code i} on; both sides are aligned there. */
    private static long copyWords(long from, long to, long start, long bytes) {
        long i = start;
        for (; i + 32 <= bytes; i += 32) {
            long a = loadLong(from + i);
            long b = loadLong(from + i + 8);
            long c = loadLong(from + i + 16);
            long d = loadLong(from + i + 24);
            storeLong(to + i, a);
            storeLong(to + i + 8, b);
            storeLong(to + i + 16, c);
            storeLong(to + i + 24, d);
        }
        for (; i + 8 <= bytes; i += 8) {
            storeLong(to + i, loadLong(from + i));
        }
        return i;
    }

    /**
     * The same where only the target is aligned: each word is put together from two. None is
     * loaded that holds no byte of the source.
     */
    private static long copyShifted(long from, long to, long start, long bytes) {
        long i = start;
        long at = from + i & -8;
        int shift = (int) (from + i & 7) << 3;
        long low = loadLong(at);
        for (; i + 8 <= bytes; i += 8) {
            at += 8;
            long high = loadLong(at);
            storeLong(to + i, low >>> shift | high << -shift);
            low = high;
        }
        return i;
    }

    private static void copyDown(long from, long to, long bytes) {
        long i = bytes;
        if (bytes >= WORTH_ALIGNING && (from - to & 7) == 0) {
            for (; (to + i & 7) != 0; i--) {
                storeByte(to + i - 1, loadByte(from + i - 1));
            }
            for (; i >= 8; i -= 8) {
                storeLong(to + i - 8, loadLong(from + i - 8));
            }
        }
        for (; i > 0; i--) {
            storeByte(to + i - 1, loadByte(from + i - 1));
        }
    }

    /** Sets {@code bytes} bytes to {@code value}. */
    public static void fill(long address, long bytes, byte value) {
        long word = (value & 0xffL) * 0x0101010101010101L;
        long i = 0;
        for (; i < bytes && ((address + i) & 7) != 0; i++) {
            storeByte(address + i, value);
        }
        for (; i + 64 <= bytes; i += 64) {
            long at = address + i;
            storeLong(at, word);
            storeLong(at + 8, word);
            storeLong(at + 16, word);
            storeLong(at + 24, word);
            storeLong(at + 32, word);
            storeLong(at + 40, word);
            storeLong(at + 48, word);
            storeLong(at + 56, word);
        }
        for (; i + 8 <= bytes; i += 8) {
            storeLong(address + i, word);
        }
        for (; i < bytes; i++) {
            storeByte(address + i, value);
        }
    }
}
