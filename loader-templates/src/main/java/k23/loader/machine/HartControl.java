package k23.loader.machine;

/** What Java cannot say of a hart in M-mode; on the JVM, a simulation. */
interface HartControl {
    /** Turns on what MENVCFG can; whether S-mode then has a timer of its own (Sstc). */
    boolean enableExtensions();

    /** Whether there is physical memory protection. */
    boolean canProtect();

    /** Makes the stores of others to page tables and code known to this hart. */
    void fence();

    /** Leaves S-mode and waits for a start: nothing returns. */
    void stop();
}
