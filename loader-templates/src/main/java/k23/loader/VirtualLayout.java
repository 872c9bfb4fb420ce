package k23.loader;

import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;

/**
 * The upper half of the payload's address space. Everything lies in that of Sv39, 256 GiB from
 * {@code 0xffffffc0_00000000}, whatever the mode; only the physical map moves to the lowest address
 * of the upper half, where the larger modes have more room.
 *
 * @param pagingBits 39, 48 or 57
 */
record VirtualLayout(int pagingBits) {
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

    /** Where physical address 0 is mapped. */
    Address physicalMap() {
        return new Address(-1L << pagingBits - 1);
    }

    /** How much of the physical address space can be mapped there: half of the upper half. */
    long physicalBytes() {
        return 1L << pagingBits - 2;
    }

    /** Where the payload sees the physical byte at {@code address}. */
    Address mapped(PhysAddress address) {
        return address.mappedAt(physicalMap().value());
    }

    /** Where the payload sees what the loader, with paging off, sees at {@code address}. */
    Address mapped(Address address) {
        return mapped(new PhysAddress(address.value()));
    }

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
