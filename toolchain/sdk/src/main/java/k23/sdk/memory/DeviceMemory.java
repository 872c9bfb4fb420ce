package k23.sdk.memory;

import k23.sdk.Intrinsic;
import k23.sdk.RawAccess;
import k23.sdk.sim.Machine;

/** Exact-width device accesses: one call is one load or store, never merged, never moved. */
@RawAccess(instead = "Mmio, which stands for one device")
public final class DeviceMemory {
    private DeviceMemory() {}

    /** Reads one byte, zero-extended. */
    @Intrinsic
    public static int read8(long address) {
        return (int) Machine.current().load(address, 1) & 0xff;
    }

    /** Reads four bytes. */
    @Intrinsic
    public static int read32(long address) {
        return (int) Machine.current().load(address, 4);
    }

    /** Reads eight bytes. */
    @Intrinsic
    public static long read64(long address) {
        return Machine.current().load(address, 8);
    }

    /** Writes one byte. */
    @Intrinsic
    public static void write8(long address, int bits) {
        Machine.current().store(address, 1, bits);
    }

    /** Writes four bytes. */
    @Intrinsic
    public static void write32(long address, int bits) {
        Machine.current().store(address, 4, bits);
    }

    /** Writes eight bytes. */
    @Intrinsic
    public static void write64(long address, long bits) {
        Machine.current().store(address, 8, bits);
    }
}
