package k23.kernel.trap;

/**
 * Values of {@code scause} (RISC-V Privileged Specification, table "Supervisor cause register
 * values after trap").
 */
public final class Cause {
    /** The bit that tells interrupts from exceptions. */
    public static final long INTERRUPT = 1L << 63;
    /** Supervisor timer interrupt. */
    public static final long TIMER = INTERRUPT | 5;
    /** Supervisor external interrupt. */
    public static final long EXTERNAL = INTERRUPT | 9;
    /** An instruction that the hart does not know; compiled code traps on purpose this way. */
    public static final long ILLEGAL_INSTRUCTION = 2;
    /** {@code ebreak}. */
    public static final long BREAKPOINT = 3;
    /** {@code ecall} in user mode. */
    public static final long USER_CALL = 8;
    /** A fetch from a page that may not be executed. */
    public static final long FETCH_PAGE_FAULT = 12;
    /** A load from a page that may not be read. */
    public static final long LOAD_PAGE_FAULT = 13;
    /** A store or atomic to a page that may not be written. */
    public static final long STORE_PAGE_FAULT = 15;

    private Cause() {}

    /** Whether translation failed: {@code stval} is the address. */
    public static boolean isPageFault(long cause) {
        return cause == FETCH_PAGE_FAULT || cause == LOAD_PAGE_FAULT || cause == STORE_PAGE_FAULT;
    }

    /** The cause in the specification's words. */
    public static String text(long cause) {
        if (cause < 0) {
            return "interrupt";
        }
        return switch ((int) cause) {
            case 0 -> "instruction address misaligned";
            case 1 -> "instruction access fault";
            case 2 -> "illegal instruction";
            case 3 -> "breakpoint";
            case 4 -> "load address misaligned";
            case 5 -> "load access fault";
            case 6 -> "store address misaligned";
            case 7 -> "store access fault";
            case 8 -> "call from user mode";
            case 12 -> "instruction page fault";
            case 13 -> "load page fault";
            case 15 -> "store page fault";
            default -> "unknown exception";
        };
    }
}
