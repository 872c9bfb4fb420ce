package k23.loader.boot;

import k23.sdk.At;
import k23.sdk.Struct;
import k23.sdk.word.Address;

/**
 * With what a hart enters the payload; read with paging off by the code that turns it on.
 *
 * @param base the physical address of the structure
 */
@Struct(size = 56)
public record EntryArguments(Address base) {
    /** The size of the structure in bytes. */
    public static final int BYTES = 56;

    static final int SATP_AT = 0;
    static final int ENTRY_AT = 8;
    static final int STACK_TOP_AT = 16;
    static final int HART_BLOCK_AT = 24;
    static final int HART_AT = 32;
    static final int BOOT_INFO_AT = 40;
    static final int SCRATCH_AT = 48;

    /** Sets the value of SATP that turns the payload's page table on. */
    @At(SATP_AT)
    public void satp(long value) {
        base.putLong(SATP_AT, value);
    }

    /** Sets the payload's entry point. */
    @At(ENTRY_AT)
    public void entry(Address value) {
        base.putAddress(ENTRY_AT, value);
    }

    /** Sets the top of the hart's stack. */
    @At(STACK_TOP_AT)
    public void stackTop(Address value) {
        base.putAddress(STACK_TOP_AT, value);
    }

    /** Sets the hart's block. */
    @At(HART_BLOCK_AT)
    public void hartBlock(Address value) {
        base.putAddress(HART_BLOCK_AT, value);
    }

    /** Sets the hart's id. */
    @At(HART_AT)
    public void hart(long value) {
        base.putLong(HART_AT, value);
    }

    /** Sets the address of the {@code BootInfo}, in the payload's address space. */
    @At(BOOT_INFO_AT)
    public void bootInfo(Address value) {
        base.putAddress(BOOT_INFO_AT, value);
    }

    /** Sets what SSCRATCH holds at entry: where the payload sees the test device, or 0. */
    @At(SCRATCH_AT)
    public void scratch(long value) {
        base.putLong(SCRATCH_AT, value);
    }
}
