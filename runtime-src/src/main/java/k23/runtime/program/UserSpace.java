package k23.runtime.program;

import k23.sdk.word.Span;

/** What running a program needs of the kernel: an address space and one thread of user mode. */
public interface UserSpace {
    /** Why {@link #run} came back: the program did {@code ecall}. */
    int CALL = 1;
    /** The program executed an illegal instruction. */
    int ILLEGAL = 2;
    /** The program touched what is not mapped, or not in this way. */
    int FAULT = 3;
    /** The machine has no memory left for a page that the program may use. */
    int NO_MEMORY = 4;
    /** The program was stopped from outside: its time is over. */
    int INTERRUPTED = 5;
    /** Anything else that user mode cannot do, a breakpoint for example. */
    int OTHER = 6;

    /**
     * Maps a segment: a copy of {@code contents} and zeros behind it.
     *
     * @param memBytes not less than the contents' length
     * @return false when memory is short
     */
    boolean load(long address, Span contents, long memBytes, boolean writable,
            boolean executable);

    /**
     * Sets pages aside which nothing else will use, and of which none may be touched yet.
     *
     * @return its number, for {@link #commit}
     */
    int reserve(long address, long bytes);

    /**
     * Lets the program read and write the first {@code bytes} bytes of a reservation, which read
     * as zero at first; never less than before.
     *
     * @param bytes a multiple of the page size
     * @return false, with nothing changed, when memory is short
     */
    boolean commit(int reservation, long bytes);

    /**
     * Opens the program's memory: until {@link #close} it may be accessed at the program's own
     * addresses. A touch of what is not there would be a bug here, so addresses are checked first.
     */
    void open();

    /** Ends {@link #open}. */
    void close();

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
}
