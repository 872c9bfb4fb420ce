package k23.codegen.cranelift;

/**
 * What the front end promises of one memory access. Made by refining {@link #DEFAULT}:
 * {@code MemoryFlags.TRUSTED.readonly()}.
 *
 * @param bits the encoding of the function description
 */
public record MemoryFlags(int bits) {
    /** May trap with {@link TrapCode#HEAP_OUT_OF_BOUNDS}, need not be aligned. */
    public static final MemoryFlags DEFAULT = new MemoryFlags(0);
    private static final int NOTRAP = 1;
    private static final int ALIGNED = 1 << 1;
    private static final int READONLY = 1 << 2;
    private static final int CAN_MOVE = 1 << 3;
    private static final int REGION_SHIFT = 4;
    private static final int REGION_MASK = 3 << REGION_SHIFT;
    private static final int LENGTH = 1 << 6;
    private static final int TRAP_SHIFT = 8;
    /** Never traps and is aligned: an access to memory that is known to be there. */
    public static final MemoryFlags TRUSTED = new MemoryFlags(NOTRAP | ALIGNED);

    /** Parts of memory that never overlap: an access to one does not change another. */
    public enum AliasRegion {
        /** Any memory. */
        ANY,
        /** A linear memory, or the objects of a region. */
        HEAP,
        /** WASM tables. */
        TABLE,
        /** The instance's own structure. */
        VMCTX
    }

    /** Never traps. */
    public MemoryFlags notrap() {
        return new MemoryFlags(bits | NOTRAP);
    }

    /** The address is a multiple of the access's size. */
    public MemoryFlags aligned() {
        return new MemoryFlags(bits | ALIGNED);
    }

    /** Loads the same value whenever this function looks. */
    public MemoryFlags readonly() {
        return new MemoryFlags(bits | READONLY);
    }

    /** May be done earlier or more often than written; only for loads that never trap. */
    public MemoryFlags canMove() {
        return new MemoryFlags(bits | CAN_MOVE);
    }

    /**
     * A load of what never changes wherever it can be loaded, such as an array's length; read as
     * a signed number it is 0 or greater.
     */
    public MemoryFlags length() {
        return new MemoryFlags(bits | LENGTH);
    }

    /** Touches only this part of memory. */
    public MemoryFlags region(AliasRegion region) {
        return new MemoryFlags(bits & ~REGION_MASK | region.ordinal() << REGION_SHIFT);
    }

    /** Traps with this code; undoes {@link #notrap}. */
    public MemoryFlags trap(TrapCode code) {
        return new MemoryFlags(bits & ~(NOTRAP | 0xff << TRAP_SHIFT) | code.code() << TRAP_SHIFT);
    }
}
