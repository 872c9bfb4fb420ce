package k23.sdk.memory;

import k23.sdk.Intrinsic;
import k23.sdk.sim.Machine;

/**
 * Loads and stores of plain memory: little endian, naturally aligned, free for the compiler to
 * merge and reorder within one hart as the Java memory model allows for plain fields.
 */
public final class RawMemory {
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
        if (((from | to) & 7) == 0) {
            for (; i + 8 <= bytes; i += 8) {
                storeLong(to + i, loadLong(from + i));
            }
        }
        for (; i < bytes; i++) {
            storeByte(to + i, loadByte(from + i));
        }
    }

    private static void copyDown(long from, long to, long bytes) {
        for (long i = bytes - 1; i >= 0; i--) {
            storeByte(to + i, loadByte(from + i));
        }
    }

    /** Sets {@code bytes} bytes to {@code value}. */
    public static void fill(long address, long bytes, byte value) {
        long word = (value & 0xffL) * 0x0101010101010101L;
        long i = 0;
        for (; i < bytes && ((address + i) & 7) != 0; i++) {
            storeByte(address + i, value);
        }
        for (; i + 8 <= bytes; i += 8) {
            storeLong(address + i, word);
        }
        for (; i < bytes; i++) {
            storeByte(address + i, value);
        }
    }
}
