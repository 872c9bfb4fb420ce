package k23.runtime.program;

/**
 * What running a program needs of the kernel: an address space of user mode and one thread in it.
 * While the program does not run, the kernel may access its memory at the program's own addresses.
 */
public interface UserSpace {
    /** Why {@link #run} came back: the program did {@code ecall}. */
    int CALL = 1;
    /** The program executed an illegal instruction. */
    int ILLEGAL = 2;
    /** The program touched what is not mapped, or not in this way. */
    int FAULT = 3;
    /** Anything else that user mode cannot do, a breakpoint for example. */
    int OTHER = 4;
    /** The program was stopped from outside: its time is over. */
    int INTERRUPTED = 5;

    /**
     * Maps zeroed pages for the program to read and write.
     *
     * @param address page aligned
     * @param bytes   a multiple of the page size
     * @return false, with nothing mapped, when memory is short
     */
    boolean map(long address, long bytes);

    /**
     * Takes rights from mapped pages: the program may no longer write them, and may execute them
     * if it is so said.
     */
    void seal(long address, long bytes, boolean executable);

    /** Runs the program until something happens that it cannot do itself. */
    int run();

    /** The address of a fault. */
    long faultAddress();

    /** The program's pc. */
    long pc();

    /** Sets the program's pc. */
    void pc(long value);

    /** The program's register {@code x0} to {@code x31}. */
    long register(int number);

    /** Sets a register of the program. */
    void register(int number, long value);

    /** Unmaps and frees everything. */
    void release();
}
