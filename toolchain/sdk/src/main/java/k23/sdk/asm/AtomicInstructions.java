package k23.sdk.asm;

/** The A extension. The address of a word is a multiple of 4, of a doubleword a multiple of 8. */
public interface AtomicInstructions {
    /** Loads a word and reserves its address. */
    void lrW(Register rd, Register address, Ordering ordering);

    /** Stores a word if the reservation holds; rd = 0 then, else not 0. */
    void scW(Register rd, Register source, Register address, Ordering ordering);

    /** Exchanges a word atomically; rd = the value before. */
    void amoswapW(Register rd, Register source, Register address, Ordering ordering);

    /** Adds to a word atomically; rd = the value before. */
    void amoaddW(Register rd, Register source, Register address, Ordering ordering);

    /** Exclusive-ors into a word atomically; rd = the value before. */
    void amoxorW(Register rd, Register source, Register address, Ordering ordering);

    /** Ands into a word atomically; rd = the value before. */
    void amoandW(Register rd, Register source, Register address, Ordering ordering);

    /** Ors into a word atomically; rd = the value before. */
    void amoorW(Register rd, Register source, Register address, Ordering ordering);

    /** Keeps the signed smaller in a word atomically; rd = the value before. */
    void amominW(Register rd, Register source, Register address, Ordering ordering);

    /** Keeps the signed larger in a word atomically; rd = the value before. */
    void amomaxW(Register rd, Register source, Register address, Ordering ordering);

    /** Keeps the unsigned smaller in a word atomically; rd = the value before. */
    void amominuW(Register rd, Register source, Register address, Ordering ordering);

    /** Keeps the unsigned larger in a word atomically; rd = the value before. */
    void amomaxuW(Register rd, Register source, Register address, Ordering ordering);

    /** Loads a doubleword and reserves its address. */
    void lrD(Register rd, Register address, Ordering ordering);

    /** Stores a doubleword if the reservation holds; rd = 0 then, else not 0. */
    void scD(Register rd, Register source, Register address, Ordering ordering);

    /** Exchanges a doubleword atomically; rd = the value before. */
    void amoswapD(Register rd, Register source, Register address, Ordering ordering);

    /** Adds to a doubleword atomically; rd = the value before. */
    void amoaddD(Register rd, Register source, Register address, Ordering ordering);

    /** Exclusive-ors into a doubleword atomically; rd = the value before. */
    void amoxorD(Register rd, Register source, Register address, Ordering ordering);

    /** Ands into a doubleword atomically; rd = the value before. */
    void amoandD(Register rd, Register source, Register address, Ordering ordering);

    /** Ors into a doubleword atomically; rd = the value before. */
    void amoorD(Register rd, Register source, Register address, Ordering ordering);

    /** Keeps the signed smaller in a doubleword atomically; rd = the value before. */
    void amominD(Register rd, Register source, Register address, Ordering ordering);

    /** Keeps the signed larger in a doubleword atomically; rd = the value before. */
    void amomaxD(Register rd, Register source, Register address, Ordering ordering);

    /** Keeps the unsigned smaller in a doubleword atomically; rd = the value before. */
    void amominuD(Register rd, Register source, Register address, Ordering ordering);

    /** Keeps the unsigned larger in a doubleword atomically; rd = the value before. */
    void amomaxuD(Register rd, Register source, Register address, Ordering ordering);
}
