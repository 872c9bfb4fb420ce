package k23.sdk.boot;

import k23.sdk.At;
import k23.sdk.Struct;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;

/**
 * One range of physical memory and what it is used for. The regions of a memory map are sorted,
 * page-aligned, do not overlap, and together cover all memory that the device tree names.
 *
 * @param base the address of the entry
 */
@Struct(size = 24)
public record MemoryRegion(Address base) {
    /** The size of an entry in bytes. */
    public static final int BYTES = 24;

    /** Free memory. */
    public static final long USABLE = 1;
    /**
     * The loader's image, stack, container and scratch memory: free once
     * {@linkplain BootInfo#hasEveryHartEntered() every hart has entered} and, since the jump page
     * is part of it, has a trap vector of its own.
     */
    public static final long LOADER = 2;
    /** The mapped payload's frames, its stacks and per-hart blocks. */
    public static final long PAYLOAD = 3;
    /** The decompressed bundle. */
    public static final long BUNDLE = 4;
    /** Reserved by firmware or the device tree: never to be touched. */
    public static final long RESERVED = 5;
    /** The page tables that the payload runs on. */
    public static final long PAGE_TABLES = 6;
    /** The device tree. */
    public static final long DEVICE_TREE = 7;
    /** The boot structure, this list and that of the harts. */
    public static final long BOOT_INFO = 8;
    /** As {@link #RESERVED}, and not in the physical map: nobody may touch it even by chance. */
    public static final long UNMAPPED = 9;

    private static final int START_AT = 0;
    private static final int LENGTH_AT = 8;
    private static final int KIND_AT = 16;

    /** The first byte of the region. */
    @At(START_AT)
    public PhysAddress start() {
        return new PhysAddress(base.getLong(START_AT));
    }

    /** Sets the first byte. */
    @At(START_AT)
    public void start(PhysAddress value) {
        base.putLong(START_AT, value.value());
    }

    /** The number of bytes. */
    @At(LENGTH_AT)
    public long length() {
        return base.getLong(LENGTH_AT);
    }

    /** Sets the number of bytes. */
    @At(LENGTH_AT)
    public void length(long value) {
        base.putLong(LENGTH_AT, value);
    }

    /** What the region is used for: one of the constants of this class. */
    @At(KIND_AT)
    public long kind() {
        return base.getLong(KIND_AT);
    }

    /** Sets the kind. */
    @At(KIND_AT)
    public void kind(long value) {
        base.putLong(KIND_AT, value);
    }

    /** The first byte behind the region. */
    public PhysAddress end() {
        return start().plus(length());
    }
}
