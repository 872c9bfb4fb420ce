package k23.loader.efi;

import k23.sdk.At;
import k23.sdk.Struct;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;

/**
 * EFI_MEMORY_DESCRIPTOR (UEFI 2.10, section 7.2, GetMemoryMap).
 *
 * @param base the address of the structure
 */
@Struct(size = 40)
record MemoryDescriptor(Address base) {
    /** The size of what is known here; firmware may put more behind it. */
    static final int BYTES = 40;

    private static final int TYPE_AT = 0;
    private static final int START_AT = 8;
    private static final int PAGES_AT = 24;
    private static final int ATTRIBUTES_AT = 32;

    private static final int PAGE_SHIFT = 12;
    private static final long MOST_PAGES = 1L << 44;
    private static final int RESERVED = 0;
    private static final int BOOT_SERVICES_DATA = 4;
    private static final int CONVENTIONAL = 7;
    private static final int ACPI_RECLAIM = 9;
    private static final int ACPI_NVS = 10;
    private static final int PROCESSOR_CODE = 13;
    private static final long WRITE_BACK = 0x8;
    /** EFI_MEMORY_SP: memory for a device's or driver's special purpose. */
    private static final long SPECIAL_PURPOSE = 0x40000;

    /** An EFI_MEMORY_TYPE. */
    @At(TYPE_AT)
    int type() {
        return base.getInt(TYPE_AT);
    }

    /** The first byte. */
    @At(START_AT)
    PhysAddress start() {
        return new PhysAddress(base.getLong(START_AT));
    }

    /** The size in pages of 4 KiB. */
    @At(PAGES_AT)
    long pages() {
        return base.getLong(PAGES_AT);
    }

    /** EFI_MEMORY_* bits. */
    @At(ATTRIBUTES_AT)
    long attributes() {
        return base.getLong(ATTRIBUTES_AT);
    }

    /** The size in bytes. */
    long bytes() {
        return Math.min(pages() & Long.MAX_VALUE, MOST_PAGES) << PAGE_SHIFT;
    }

    /**
     * Whether whoever ended the boot services may use it (table 7.10): the loader's and the boot
     * services' own memory, and what nobody used.
     */
    boolean isFree() {
        boolean free = type() > RESERVED && type() <= BOOT_SERVICES_DATA
                || type() == CONVENTIONAL;
        return free && (attributes() & SPECIAL_PURPOSE) == 0;
    }

    /** Whether it is memory at all, and not registers of a device or broken. */
    boolean isMemory() {
        return switch (type()) {
            case RESERVED -> (attributes() & WRITE_BACK) != 0;
            case ACPI_RECLAIM, ACPI_NVS, PROCESSOR_CODE -> true;
            default -> type() > RESERVED && type() <= CONVENTIONAL;
        };
    }
}
