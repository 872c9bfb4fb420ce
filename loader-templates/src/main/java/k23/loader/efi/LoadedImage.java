package k23.loader.efi;

import k23.sdk.At;
import k23.sdk.Struct;
import k23.sdk.word.Address;

/**
 * EFI_LOADED_IMAGE_PROTOCOL (UEFI 2.10, section 9.1).
 *
 * @param base the address of the structure
 */
@Struct(size = 96)
record LoadedImage(Address base) {
    private static final int OPTIONS_BYTES_AT = 48;
    private static final int OPTIONS_AT = 56;

    /** The size of the load options in bytes. */
    @At(OPTIONS_BYTES_AT)
    int optionsBytes() {
        return base.getInt(OPTIONS_BYTES_AT);
    }

    /** The load options, by custom a text in UTF-16. */
    @At(OPTIONS_AT)
    Address options() {
        return base.getAddress(OPTIONS_AT);
    }
}
