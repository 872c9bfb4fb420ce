package k23.sdk;

/** What a method, and everything that it can reach, promises not to do; see {@link Exempt}. */
public enum Regime {
    /** No object or array is allocated: {@link NoAllocation}. */
    NO_ALLOCATION,
    /** No floating-point instruction runs: {@link NoFpu}. */
    NO_FPU,
    /** Fit for trap and interrupt handlers: {@link Interrupt}. Includes the two others. */
    INTERRUPT
}
