package k23.loader.efi;

/** Why the loader cannot go on from what UEFI gives it. */
public enum UefiProblem {
    /** Nothing is wrong. */
    NONE("no problem"),
    /** The second argument of the entry does not lead to an EFI_SYSTEM_TABLE. */
    NO_SYSTEM_TABLE("its system table is not one"),
    /** No configuration table has EFI_DTB_TABLE_GUID. */
    NO_DEVICE_TREE("it has no device tree, perhaps because it is set up for ACPI"),
    /** GetMemoryMap fails, or its descriptors are smaller than the specification's. */
    NO_MEMORY_MAP("it does not tell its memory map"),
    /** The memory map does not fit. */
    LARGE_MEMORY_MAP("its memory map is larger than 56 KiB"),
    /** ExitBootServices fails, each time with the map's newest key. */
    NOT_RELEASED("it does not end its boot services");

    private final String message;

    UefiProblem(String message) {
        this.message = message;
    }

    /** What is wrong, in words. */
    public String message() {
        return message;
    }
}
