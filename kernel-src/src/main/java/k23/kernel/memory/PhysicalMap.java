package k23.kernel.memory;

import k23.sdk.NoAllocation;
import k23.sdk.boot.BootInfo;
import k23.sdk.word.Address;
import k23.sdk.word.Mmio;
import k23.sdk.word.PhysAddress;

/** The window of kernel address space through which physical memory and devices are seen. */
@NoAllocation
public final class PhysicalMap {
    private static long offset;
    private static long limit;

    private PhysicalMap() {}

    /** Learns where the loader put the map. */
    public static void start(BootInfo boot) {
        offset = boot.physicalOffset();
        limit = boot.physicalLimit();
    }

    /** Where the kernel sees {@code physical}. */
    public static Address at(PhysAddress physical) {
        if (Long.compareUnsigned(physical.value(), limit) >= 0) {
            throw new IllegalArgumentException("outside of the physical map");
        }
        return physical.mappedAt(offset);
    }

    /** The physical address of what the kernel sees at {@code address}, in the map. */
    public static PhysAddress of(Address address) {
        long physical = address.value() - offset;
        if (Long.compareUnsigned(physical, limit) >= 0) {
            throw new IllegalArgumentException("not in the physical map");
        }
        return new PhysAddress(physical);
    }

    /** Whether {@code bytes} bytes from {@code physical} on are in the map. */
    public static boolean contains(PhysAddress physical, long bytes) {
        long start = physical.value();
        return bytes >= 0 && Long.compareUnsigned(start, limit) <= 0
                && Long.compareUnsigned(bytes, limit - start) <= 0;
    }

    /** The registers of the device at {@code physical}. */
    public static Mmio device(PhysAddress physical) {
        return Mmio.at(at(physical));
    }
}
