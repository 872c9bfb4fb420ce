package k23.sdk.asm;

/** How an atomic instruction is ordered (RISC-V, "Specifying Ordering of Atomic Instructions"). */
public enum Ordering {
    /** No ordering. */ RELAXED,
    /** rl: nothing before it is seen behind it. */ RELEASE,
    /** aq: nothing behind it is seen before it. */ ACQUIRE,
    /** Both. */ ACQUIRE_RELEASE;

    /** The bits aq (2) and rl (1). */
    public int bits() {
        return ordinal();
    }
}
