package k23.loader.machine;

/** What Java cannot say of a hart in M-mode; on the JVM, a simulation. */
interface HartControl {
    /** Turns on what of MENVCFG there is, and returns it; 0 without such a register. */
    long enableExtensions();

    /** Makes the stores of others to page tables and code known to this hart. */
    void fence();

    /** Leaves S-mode and waits for a start: nothing returns. */
    void stop();
}
