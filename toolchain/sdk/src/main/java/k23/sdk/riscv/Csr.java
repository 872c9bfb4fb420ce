package k23.sdk.riscv;

import k23.sdk.Intrinsic;
import k23.sdk.RawAccess;
import k23.sdk.sim.Machine;

/**
 * Control and status registers (RISC-V Privileged Specification, chapter "Control and Status
 * Registers"). The number of the register is a constant at every call.
 */
@RawAccess(instead = "the services of the kernel, as Timer and AddressSpace")
public final class Csr {
    /** Supervisor status. */
    public static final int SSTATUS = 0x100;
    /** Rounding mode and flags of floating-point arithmetic. */
    public static final int FCSR = 0x003;
    /** Supervisor interrupt enable. */
    public static final int SIE = 0x104;
    /** Supervisor trap vector. */
    public static final int STVEC = 0x105;
    /** Which counters user mode may read. */
    public static final int SCOUNTEREN = 0x106;
    /** Scratch register of the trap vector. */
    public static final int SSCRATCH = 0x140;
    /** The pc that trapped. */
    public static final int SEPC = 0x141;
    /** Why it trapped. */
    public static final int SCAUSE = 0x142;
    /** The address or instruction that trapped. */
    public static final int STVAL = 0x143;
    /** Supervisor interrupts pending. */
    public static final int SIP = 0x144;
    /** Address translation and protection. */
    public static final int SATP = 0x180;
    /** Cycle counter. */
    public static final int CYCLE = 0xC00;
    /** Real time in timebase ticks. */
    public static final int TIME = 0xC01;
    /** Retired instructions. */
    public static final int INSTRET = 0xC02;

    /** SSTATUS: interrupts enabled in supervisor mode. */
    public static final long SSTATUS_SIE = 1L << 1;
    /** SSTATUS: interrupts enabled before the trap. */
    public static final long SSTATUS_SPIE = 1L << 5;
    /** SSTATUS: the trap came from supervisor mode. */
    public static final long SSTATUS_SPP = 1L << 8;
    /** SSTATUS: the floating-point unit's state; 1 initial, 2 clean, 3 dirty, 0 off. */
    public static final long SSTATUS_FS = 3L << 13;
    /** SSTATUS: supervisor code may access user pages. */
    public static final long SSTATUS_SUM = 1L << 18;
    /** SIE and SIP: the supervisor timer. */
    public static final long SIE_TIMER = 1L << 5;
    /** SIE and SIP: supervisor software interrupts. */
    public static final long SIE_SOFTWARE = 1L << 1;
    /** SIE and SIP: supervisor external interrupts. */
    public static final long SIE_EXTERNAL = 1L << 9;

    private Csr() {}

    /** Reads register {@code number}. */
    @Intrinsic
    public static long read(int number) {
        return Machine.current().csr(number);
    }

    /** Writes register {@code number}. */
    @Intrinsic
    public static void write(int number, long value) {
        Machine.current().csr(number, value);
    }

    /** Sets the bits of {@code mask}; returns the register's value before. */
    @Intrinsic
    public static long set(int number, long mask) {
        long before = Machine.current().csr(number);
        Machine.current().csr(number, before | mask);
        return before;
    }

    /** Clears the bits of {@code mask}; returns the register's value before. */
    @Intrinsic
    public static long clear(int number, long mask) {
        long before = Machine.current().csr(number);
        Machine.current().csr(number, before & ~mask);
        return before;
    }
}
