package k23.loader.machine;

/** Registers of M-mode (RISC-V Privileged Specification 1.12, chapter "Machine-Level ISA"). */
final class MachineCsr {
    static final int MSTATUS = 0x300;
    static final int MEDELEG = 0x302;
    static final int MIDELEG = 0x303;
    static final int MIE = 0x304;
    static final int MTVEC = 0x305;
    static final int MCOUNTEREN = 0x306;
    static final int MENVCFG = 0x30A;
    static final int MSCRATCH = 0x340;
    static final int MEPC = 0x341;
    static final int MCAUSE = 0x342;
    static final int MTVAL = 0x343;
    static final int MIP = 0x344;
    static final int PMPCFG0 = 0x3A0;
    static final int PMPADDR0 = 0x3B0;
    static final int PMPADDR1 = 0x3B1;
    static final int PMPADDR2 = 0x3B2;
    static final int MVENDORID = 0xF11;
    static final int MARCHID = 0xF12;
    static final int MIMPID = 0xF13;
    static final int MHARTID = 0xF14;
    /** The supervisor's own timer, of extension Sstc. */
    static final int STIMECMP = 0x14D;

    /** MIE and MIP: machine software interrupts. */
    static final int SOFTWARE = 1 << 3;
    /** MIE and MIP: machine timer interrupts. */
    static final int TIMER = 1 << 7;
    /** MENVCFG: the supervisor's timer, page-based memory types, cache-block instructions. */
    static final long MENVCFG_ALL = 3L << 62 | 15L << 4;
    /** MSTATUS: the mode before the trap, two bits; 1 is S-mode. */
    static final long MSTATUS_MPP = 3L << 11;
    static final long MSTATUS_MPP_SUPERVISOR = 1L << 11;
    /**
     * MSTATUS: what must be off in a hart that enters S-mode: SIE, SPIE, MPRV, SUM, MXR, TVM, TW,
     * TSR, MPV.
     */
    static final long MSTATUS_OFF = 1L << 1 | 1L << 5 | 63L << 17 | 1L << 39;

    /** MCAUSE: a call from S-mode. */
    static final long CALL = 9;
    private static final long INTERRUPT = 1L << 63;
    static final long SOFTWARE_INTERRUPT = INTERRUPT | 3;
    static final long TIMER_INTERRUPT = INTERRUPT | 7;

    private MachineCsr() {}
}
