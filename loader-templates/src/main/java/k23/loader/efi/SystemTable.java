package k23.loader.efi;

import k23.sdk.At;
import k23.sdk.Struct;
import k23.sdk.word.Address;

/**
 * EFI_SYSTEM_TABLE (UEFI 2.10, section 4.3).
 *
 * @param base the address of the structure
 */
@Struct(size = 120)
record SystemTable(Address base) {
    /** What {@link #signature} is, "IBI SYST". */
    static final long SIGNATURE = 0x5453_5953_2049_4249L;

    private static final int SIGNATURE_AT = 0;
    private static final int BOOT_SERVICES_AT = 96;
    private static final int ENTRIES_AT = 104;
    private static final int CONFIGURATION_AT = 112;
    /** An EFI_CONFIGURATION_TABLE is an identifier and a pointer. */
    private static final int ENTRY_BYTES = Guid.BYTES + 8;

    /** The first field of the table's header. */
    @At(SIGNATURE_AT)
    long signature() {
        return base.getLong(SIGNATURE_AT);
    }

    /** The functions that are there until ExitBootServices. */
    @At(BOOT_SERVICES_AT)
    BootServices bootServices() {
        return new BootServices(base.getAddress(BOOT_SERVICES_AT));
    }

    /** The number of configuration tables. */
    @At(ENTRIES_AT)
    long entries() {
        return base.getLong(ENTRIES_AT);
    }

    /** The first EFI_CONFIGURATION_TABLE. */
    @At(CONFIGURATION_AT)
    Address configuration() {
        return base.getAddress(CONFIGURATION_AT);
    }

    /** The configuration table of that identifier (section 4.6); null when there is none. */
    Address find(Guid guid) {
        for (long i = 0; i < entries(); i++) {
            Address entry = configuration().plus(i * ENTRY_BYTES);
            if (guid.isAt(entry)) {
                return entry.getAddress(Guid.BYTES);
            }
        }
        return Address.NULL;
    }
}
