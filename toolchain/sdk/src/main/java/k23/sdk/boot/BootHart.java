package k23.sdk.boot;

import k23.sdk.At;
import k23.sdk.Struct;
import k23.sdk.word.Address;

/**
 * One hart that the payload can use, and what the loader made for it. A hart that does not enter
 * the payload has neither stack nor block; the payload can start it through SBI.
 *
 * @param base the address of the entry
 */
@Struct(size = 40)
public record BootHart(Address base) {
    /** The size of an entry in bytes. */
    public static final int BYTES = 40;

    /** Offset of the hart's id, for templates. */
    public static final int ID_AT = 0;
    /** Offset of {@link #entered()}, for templates. */
    public static final int ENTERED_AT = 32;

    private static final int STACK_BOTTOM_AT = 8;
    private static final int STACK_TOP_AT = 16;
    private static final int BLOCK_AT = 24;

    /** The hart's id, as firmware numbers it. */
    @At(ID_AT)
    public long id() {
        return base.getLong(ID_AT);
    }

    /** Sets {@link #id()}. */
    @At(ID_AT)
    public void id(long value) {
        base.putLong(ID_AT, value);
    }

    /** The first byte of its stack, or null; the page below is not mapped. */
    @At(STACK_BOTTOM_AT)
    public Address stackBottom() {
        return base.getAddress(STACK_BOTTOM_AT);
    }

    /** Sets {@link #stackBottom()}. */
    @At(STACK_BOTTOM_AT)
    public void stackBottom(Address value) {
        base.putAddress(STACK_BOTTOM_AT, value);
    }

    /** The first byte behind its stack, or null; the page there is not mapped. */
    @At(STACK_TOP_AT)
    public Address stackTop() {
        return base.getAddress(STACK_TOP_AT);
    }

    /** Sets {@link #stackTop()}. */
    @At(STACK_TOP_AT)
    public void stackTop(Address value) {
        base.putAddress(STACK_TOP_AT, value);
    }

    /** Its {@link PerHart} block, or null. */
    @At(BLOCK_AT)
    public Address block() {
        return base.getAddress(BLOCK_AT);
    }

    /** Sets {@link #block()}. */
    @At(BLOCK_AT)
    public void block(Address value) {
        base.putAddress(BLOCK_AT, value);
    }

    /** 1 once it runs the payload: it needs nothing of the loader's any more; 0 before. */
    @At(ENTERED_AT)
    public long entered() {
        return base.getLong(ENTERED_AT);
    }

    /** Sets {@link #entered()}. */
    @At(ENTERED_AT)
    public void entered(long value) {
        base.putLong(ENTERED_AT, value);
    }
}
