package k23.sdk.boot;

import k23.sdk.At;
import k23.sdk.Struct;
import k23.sdk.riscv.Hart;
import k23.sdk.word.Address;

/**
 * The block of memory that belongs to one hart, found through its thread pointer. The loader fills
 * in the first three fields; the rest is the payload's. Behind it stand the payload's
 * {@link k23.sdk.HartLocal} variables.
 *
 * @param base the address of the block
 */
@Struct(size = 64)
public record PerHart(Address base) {
    /** Offset of the hart id, for templates. */
    public static final int HART_ID = 0;
    /** Offset of the top of this hart's stack, for templates. */
    public static final int STACK_TOP = 8;
    /** Offset of the first usable byte of this hart's stack, for templates. */
    public static final int STACK_BOTTOM = 16;
    /** Offset of the next free byte of the ambient region; compiled allocations use it. */
    public static final int REGION_NEXT = 24;
    /** Offset of the end of the ambient region; compiled allocations use it. */
    public static final int REGION_END = 32;
    /** Offset of a word that trap vectors may use. */
    public static final int SCRATCH = 40;
    /** Offset of the running user context, 0 when there is none; trap vectors use it. */
    public static final int USER_CONTEXT = 48;
    /** Offset of a word that the payload may use. */
    public static final int PAYLOAD = 56;

    /** The block of the hart that calls. */
    public static PerHart current() {
        return new PerHart(new Address(Hart.threadPointer()));
    }

    /** The hart's id, as firmware numbers it. */
    @At(HART_ID)
    public long hartId() {
        return base.getLong(HART_ID);
    }

    /** Sets the hart's id. */
    @At(HART_ID)
    public void hartId(long value) {
        base.putLong(HART_ID, value);
    }

    /** The address behind the last usable byte of the hart's stack. */
    @At(STACK_TOP)
    public long stackTop() {
        return base.getLong(STACK_TOP);
    }

    /** Sets the top of the stack. */
    @At(STACK_TOP)
    public void stackTop(long value) {
        base.putLong(STACK_TOP, value);
    }

    /** The first usable byte of the hart's stack; the page below is a guard. */
    @At(STACK_BOTTOM)
    public long stackBottom() {
        return base.getLong(STACK_BOTTOM);
    }

    /** Sets the bottom of the stack. */
    @At(STACK_BOTTOM)
    public void stackBottom(long value) {
        base.putLong(STACK_BOTTOM, value);
    }

    /** The next free byte of the ambient region, 0 when there is none. */
    @At(REGION_NEXT)
    public long regionNext() {
        return base.getLong(REGION_NEXT);
    }

    /** Sets the next free byte of the ambient region. */
    @At(REGION_NEXT)
    public void regionNext(long value) {
        base.putLong(REGION_NEXT, value);
    }

    /** The end of the ambient region. */
    @At(REGION_END)
    public long regionEnd() {
        return base.getLong(REGION_END);
    }

    /** Sets the end of the ambient region. */
    @At(REGION_END)
    public void regionEnd(long value) {
        base.putLong(REGION_END, value);
    }

    /** The address of the running user context, 0 when there is none. */
    @At(USER_CONTEXT)
    public long userContext() {
        return base.getLong(USER_CONTEXT);
    }

    /** Sets the running user context. */
    @At(USER_CONTEXT)
    public void userContext(long value) {
        base.putLong(USER_CONTEXT, value);
    }
}
