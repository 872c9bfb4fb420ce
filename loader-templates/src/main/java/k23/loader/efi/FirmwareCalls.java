package k23.loader.efi;

/** How functions of the firmware are called: by the C convention (UEFI 2.10, section 2.3.7). */
public interface FirmwareCalls {
    /**
     * Calls the function at address {@code function}; arguments that it does not have are ignored.
     *
     * @return what it returns: an {@code EFI_STATUS}, 0 for success
     */
    long call(long function, long arg0, long arg1, long arg2, long arg3, long arg4);
}
