package k23.loader.efi;

import k23.sdk.At;
import k23.sdk.Struct;
import k23.sdk.word.Address;

/**
 * EFI_BOOT_SERVICES (UEFI 2.10, section 4.4): addresses of functions.
 *
 * @param base the address of the structure
 */
@Struct(size = 376)
record BootServices(Address base) {
    private static final int GET_MEMORY_MAP_AT = 56;
    private static final int HANDLE_PROTOCOL_AT = 152;
    private static final int EXIT_BOOT_SERVICES_AT = 232;
    private static final int LOCATE_PROTOCOL_AT = 320;

    /** GetMemoryMap(size, map, key, descriptor size, descriptor version), section 7.2. */
    @At(GET_MEMORY_MAP_AT)
    long getMemoryMap() {
        return base.getLong(GET_MEMORY_MAP_AT);
    }

    /** HandleProtocol(handle, identifier, interface), section 7.3. */
    @At(HANDLE_PROTOCOL_AT)
    long handleProtocol() {
        return base.getLong(HANDLE_PROTOCOL_AT);
    }

    /** ExitBootServices(image, key), section 7.4. */
    @At(EXIT_BOOT_SERVICES_AT)
    long exitBootServices() {
        return base.getLong(EXIT_BOOT_SERVICES_AT);
    }

    /** LocateProtocol(identifier, registration, interface), section 7.3. */
    @At(LOCATE_PROTOCOL_AT)
    long locateProtocol() {
        return base.getLong(LOCATE_PROTOCOL_AT);
    }
}
