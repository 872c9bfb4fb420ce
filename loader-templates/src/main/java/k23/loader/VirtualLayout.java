package k23.loader;

import k23.sdk.word.Address;

/**
 * The upper half of the payload's address space, the same in every paging mode: it is that of
 * Sv39, 256 GiB from {@code 0xffffffc0_00000000}.
 */
final class VirtualLayout {
    /** Physical address 0; the physical map has room for {@link #PHYSICAL_BYTES}. */
    static final long PHYSICAL_MAP = 0xffff_ffc0_0000_0000L;
    /** The most physical address space that is mapped, in bytes. */
    static final long PHYSICAL_BYTES = 128L << 30;
    /** The first byte that the payload may use as it likes. */
    static final long FREE_START = 0xffff_ffe0_0000_0000L;
    /** The first byte behind what the payload may use. */
    static final long FREE_END = 0xffff_fff0_0000_0000L;

    private static final long PAYLOAD = 0xffff_fff0_0000_0000L;
    private static final long PAYLOAD_STEP = 2L << 20;
    private static final long PAYLOAD_STEPS = 1 << 13;
    private static final long STACKS = 0xffff_fff8_0000_0000L;
    private static final long HART_BLOCKS = 0xffff_fffc_0000_0000L;
    private static final long PAGE_BYTES = 4096;

    private VirtualLayout() {}

    /** Where the payload goes: one of 8192 places, chosen by {@code random}. */
    static Address payload(long random) {
        return new Address(PAYLOAD + (random & PAYLOAD_STEPS - 1) * PAYLOAD_STEP);
    }

    /** The stack of the {@code index}th hart: an unmapped page lies below and above each. */
    static Address stack(int index, long stackBytes) {
        return new Address(STACKS + PAGE_BYTES + index * (stackBytes + 2 * PAGE_BYTES));
    }

    /** The block of the {@code index}th hart. */
    static Address hartBlock(int index, long blockBytes) {
        return new Address(HART_BLOCKS + index * (blockBytes + PAGE_BYTES));
    }
}
