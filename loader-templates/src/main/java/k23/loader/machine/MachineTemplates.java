package k23.loader.machine;

import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.Label;
import k23.sdk.asm.Ordering;
import k23.sdk.asm.Register;
import k23.sdk.riscv.Csr;

/** The templates of M-mode, in the order in which a hart runs through them. */
public final class MachineTemplates {
    /** A register that only M-mode can read. */
    public static final int PROBED = MachineCsr.MHARTID;

    /** Has the address of a doubleword: 0, 1 once a hart has arrived, and the monitor's, plus 1. */
    public static final Register ARRIVED = Register.S5;
    /** Has the address at which the loader starts in S-mode, once it is relocated. */
    public static final Register LOADER = Register.S6;

    private static final String IMAGE = "__image_start";
    private static final int SAVED = 16;
    private static final Register[] CALL_CHANGES = {Register.RA, Register.T0, Register.T1,
        Register.T2, Register.T3, Register.T4, Register.T5, Register.T6, Register.A0, Register.A1,
        Register.A2, Register.A3, Register.A4, Register.A5, Register.A6, Register.A7};

    private MachineTemplates() {}

    /**
     * Where the loader's first instructions go in M-mode, on every hart: {@code a0} hart,
     * {@code a1} device tree. The first to arrive makes the monitor, the others wait for it.
     */
    @Template("k23_machine_start")
    static void start(Assembler a) {
        Label wait = a.label("wait");
        Label watch = a.label("watch");
        Label copy = a.label("copy");
        a.la(Register.T0, "k23_machine_trap");
        a.csrw(MachineCsr.MTVEC, Register.T0);
        a.csrw(MachineCsr.MSCRATCH, Register.ZERO);
        a.mv(Register.S1, Register.A0);
        a.mv(Register.S2, Register.A1);
        a.la(Register.S3, IMAGE);
        a.li(Register.T0, Board.MOST_HARTS);
        a.bgeu(Register.S1, Register.T0, watch);
        a.li(Register.T1, 1);
        a.amoorW(Register.T1, Register.T1, ARRIVED, Ordering.ACQUIRE_RELEASE);
        a.bnez(Register.T1, wait);
        a.call("k23_loader_stack");
        a.call("k23_loader_prepare");
        a.mv(Register.A0, Register.S2);
        a.call("k23_machine_place");
        a.mv(Register.S4, Register.A0);
        a.mv(Register.T0, Register.S3);
        a.mv(Register.T1, Register.S4);
        a.la(Register.T2, "__image_end");
        a.bind(copy);
        a.ld(Register.T3, 0, Register.T0);
        a.sd(Register.T3, 0, Register.T1);
        a.addi(Register.T0, Register.T0, Long.BYTES);
        a.addi(Register.T1, Register.T1, Long.BYTES);
        a.bltu(Register.T0, Register.T2, copy);
        a.mv(Register.T2, Register.S4);
        a.sub(Register.A1, Register.S4, Register.S3);
        a.call("k23_loader_relocate");
        jumpToCopy(a, "k23_machine_first");
        a.bind(wait);
        waitForMonitor(a, watch);
        jumpToCopy(a, "k23_machine_other");
    }

    /**
     * Until a hart has written where the monitor is; its address is then in {@code s4}. Harts that
     * are left alone nobody wakes: they begin at {@code watch}, and look until then.
     */
    private static void waitForMonitor(Assembler a, Label watch) {
        a.li(Register.T0, MachineCsr.SOFTWARE);
        a.csrw(MachineCsr.MIE, Register.T0);
        a.wfi();
        a.bind(watch);
        a.ld(Register.S4, 0, ARRIVED);
        a.addi(Register.S4, Register.S4, -1);
        a.blez(Register.S4, watch);
        a.fence();
    }

    /** Jumps to {@code symbol} of the image at {@code s4}; this one is at {@code s3}. */
    private static void jumpToCopy(Assembler a, String symbol) {
        a.la(Register.T0, symbol);
        a.sub(Register.T0, Register.T0, Register.S3);
        a.add(Register.T0, Register.T0, Register.S4);
        a.fenceI();
        a.jr(Register.T0);
    }

    /** {@code sp} becomes the {@link HartState} of the hart in {@code s1}; t0 changes. */
    private static void stack(Assembler a) {
        a.la(Register.SP, "__image_end");
        a.addi(Register.T0, Register.S1, 1);
        a.slli(Register.T0, Register.T0, Long.numberOfTrailingZeros(Board.STACK_BYTES));
        a.add(Register.SP, Register.SP, Register.T0);
        a.addi(Register.SP, Register.SP, -HartState.BYTES);
    }

    private static void vector(Assembler a) {
        a.la(Register.T0, "k23_machine_trap");
        a.csrw(MachineCsr.MTVEC, Register.T0);
    }

    /** In the copy, on the hart that boots: s1 hart, s2 device tree. */
    @Template("k23_machine_first")
    static void first(Assembler a) {
        stack(a);
        vector(a);
        a.mv(Register.A0, ARRIVED);
        a.call("k23_machine_begin");
        a.mv(Register.A2, LOADER);
        a.tail("k23_machine_enter");
    }

    /** In the copy, on every other hart; those that have no state wait for nothing. */
    @Template("k23_machine_other")
    static void other(Assembler a) {
        Label known = a.label("known");
        vector(a);
        a.li(Register.T0, Board.MOST_HARTS);
        a.bltu(Register.S1, Register.T0, known);
        a.csrw(MachineCsr.MIE, Register.ZERO);
        Label halt = a.here();
        a.wfi();
        a.j(halt);
        a.bind(known);
        stack(a);
        a.call("k23_machine_set_up_hart");
        a.tail("k23_machine_park");
    }

    /** What a call that stops its hart ends in. */
    @Template("k23_machine_stop")
    static void stop(Assembler a) {
        a.csrr(Register.S1, MachineCsr.MHARTID);
        stack(a);
        a.csrw(MachineCsr.MSCRATCH, Register.ZERO);
        a.tail("k23_machine_park");
    }

    /**
     * Waits for a start, as hart {@code s1}. It is stopped once its interrupt is cleared: what is
     * raised from then on is seen.
     */
    @Template("k23_machine_park")
    static void park(Assembler a) {
        Label loop = a.label("loop");
        Label go = a.label("go");
        a.li(Register.T0, MachineCsr.SOFTWARE);
        a.csrw(MachineCsr.MIE, Register.T0);
        a.ld(Register.T3, HartState.MSIP_AT, Register.SP);
        a.sw(Register.ZERO, 0, Register.T3);
        a.fence();
        a.li(Register.T0, HartState.STOPPED);
        a.sd(Register.T0, HartState.STATE_AT, Register.SP);
        a.bind(loop);
        a.sw(Register.ZERO, 0, Register.T3);
        a.fence();
        a.ld(Register.T0, HartState.STATE_AT, Register.SP);
        a.li(Register.T1, HartState.START_PENDING);
        a.beq(Register.T0, Register.T1, go);
        a.wfi();
        a.j(loop);
        a.bind(go);
        a.fence();
        a.sd(Register.ZERO, HartState.FENCE_AT, Register.SP);
        a.sd(Register.ZERO, HartState.INTERRUPT_AT, Register.SP);
        a.mv(Register.A0, Register.S1);
        a.ld(Register.A1, HartState.OPAQUE_AT, Register.SP);
        a.ld(Register.A2, HartState.START_AT, Register.SP);
        a.fence();
        a.sd(Register.ZERO, HartState.STATE_AT, Register.SP);
        a.tail("k23_machine_enter");
    }

    /** Enters S-mode at {@code a2}, without translation and interrupts; sp is the hart's state. */
    @Template("k23_machine_enter")
    static void enter(Assembler a) {
        a.csrw(MachineCsr.MSCRATCH, Register.SP);
        a.csrw(MachineCsr.MEPC, Register.A2);
        a.li(Register.T0, MachineCsr.MSTATUS_MPP | MachineCsr.MSTATUS_OFF);
        a.csrc(MachineCsr.MSTATUS, Register.T0);
        a.li(Register.T0, MachineCsr.MSTATUS_MPP_SUPERVISOR);
        a.csrs(MachineCsr.MSTATUS, Register.T0);
        a.li(Register.T0, MachineCsr.SOFTWARE);
        a.csrw(MachineCsr.MIE, Register.T0);
        a.csrw(MachineCsr.MIP, Register.ZERO);
        a.csrw(Csr.SATP, Register.ZERO);
        a.sfenceVma();
        a.fenceI();
        a.mret();
    }

    /**
     * A trap that is M-mode's. In S-mode MSCRATCH is the hart's stack, in M-mode 0: a trap from
     * there is a fault of the monitor's.
     */
    @Template("k23_machine_trap")
    static void trap(Assembler a) {
        Label fault = a.label("fault");
        a.align(4);
        a.csrrw(Register.SP, MachineCsr.MSCRATCH, Register.SP);
        a.beqz(Register.SP, fault);
        a.addi(Register.SP, Register.SP, -TrapFrame.BYTES);
        for (int i = 0; i < SAVED; i++) {
            a.sd(CALL_CHANGES[i], i * Long.BYTES, Register.SP);
        }
        a.csrrw(Register.T0, MachineCsr.MSCRATCH, Register.ZERO);
        a.sd(Register.T0, TrapFrame.SP_AT, Register.SP);
        a.mv(Register.A0, Register.SP);
        a.call("k23_machine_trapped");
        a.addi(Register.T0, Register.SP, TrapFrame.BYTES);
        a.csrw(MachineCsr.MSCRATCH, Register.T0);
        for (int i = 0; i < SAVED; i++) {
            a.ld(CALL_CHANGES[i], i * Long.BYTES, Register.SP);
        }
        a.ld(Register.SP, TrapFrame.SP_AT, Register.SP);
        a.mret();
        a.bind(fault);
        a.csrrw(Register.SP, MachineCsr.MSCRATCH, Register.SP);
        Label halt = a.label("halt");
        a.la(Register.T0, halt);
        a.csrw(MachineCsr.MTVEC, Register.T0);
        a.andi(Register.SP, Register.SP, -16);
        a.call("k23_machine_panic");
        a.align(4);
        a.bind(halt);
        a.wfi();
        a.j(halt);
    }
}
