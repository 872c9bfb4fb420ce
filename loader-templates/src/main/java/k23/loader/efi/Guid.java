package k23.loader.efi;

import k23.sdk.word.Address;

/**
 * A globally unique identifier (UEFI 2.10, appendix A), as its 16 bytes lie in memory.
 *
 * @param low  the first eight bytes
 * @param high the last eight bytes
 */
record Guid(long low, long high) {
    /** The size in bytes. */
    static final int BYTES = 16;

    /** EFI_DTB_TABLE_GUID, section 4.6. */
    static final Guid DEVICE_TREE = of(0xb1b621d5, 0xf19c, 0x41a5, 0x830bd9152c69aae0L);
    /** RISCV_EFI_BOOT_PROTOCOL_GUID (RISC-V UEFI Protocol Specification 1.0, section 3). */
    static final Guid RISCV_BOOT = of(0xccd15fec, 0x6f73, 0x4eec, 0x83953e69e4b940bfL);
    /** EFI_LOADED_IMAGE_PROTOCOL_GUID, section 9.1. */
    static final Guid LOADED_IMAGE = of(0x5b1b31a1, 0x9562, 0x11d2, 0x8e3f00a0c969723bL);
    /** EFI_RNG_PROTOCOL_GUID, section 37.5. */
    static final Guid RANDOM = of(0x3152bca5, 0xeade, 0x433d, 0x862ec01cdc291f44L);

    /** The identifier that is written {@code a-b-c-d}; the hyphen in {@code d} left out. */
    static Guid of(int a, int b, int c, long d) {
        return new Guid(a & 0xffff_ffffL | (long) b << 32 | (long) c << 48, Long.reverseBytes(d));
    }

    /** Whether the identifier at {@code at}, a multiple of 8, is this one. */
    boolean isAt(Address at) {
        return at.getLong(0) == low && at.getLong(8) == high;
    }

    /** Writes it to {@code at}, a multiple of 8. */
    void put(Address at) {
        at.putLong(0, low);
        at.putLong(8, high);
    }
}
