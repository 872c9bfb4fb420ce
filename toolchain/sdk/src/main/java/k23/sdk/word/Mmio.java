package k23.sdk.word;

import k23.sdk.memory.DeviceMemory;

/**
 * The registers of a memory-mapped device.
 *
 * <p>Every call is exactly one access of exactly that width, in program order with all other
 * memory accesses (I1: MMIO accesses are never elided, merged, widened or reordered).
 *
 * @param value the virtual address of the first register
 */
public record Mmio(long value) {
    /** The registers that start at {@code address}. */
    public static Mmio at(Address address) {
        return new Mmio(address.value());
    }

    /** Reads an 8-bit register, zero-extended. */
    public int read8(long offset) {
        return DeviceMemory.read8(value + offset);
    }

    /** Reads a 32-bit register. */
    public int read32(long offset) {
        return DeviceMemory.read32(value + offset);
    }

    /** Reads a 64-bit register. */
    public long read64(long offset) {
        return DeviceMemory.read64(value + offset);
    }

    /** Writes an 8-bit register. */
    public void write8(long offset, int bits) {
        DeviceMemory.write8(value + offset, bits);
    }

    /** Writes a 32-bit register. */
    public void write32(long offset, int bits) {
        DeviceMemory.write32(value + offset, bits);
    }

    /** Writes a 64-bit register. */
    public void write64(long offset, long bits) {
        DeviceMemory.write64(value + offset, bits);
    }
}
