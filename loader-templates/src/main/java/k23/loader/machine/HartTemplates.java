package k23.loader.machine;

import k23.sdk.Symbol;
import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.Label;
import k23.sdk.asm.Register;

/** The templates that Java in M-mode calls. */
final class HartTemplates implements HartControl {
    @Override
    public boolean enableExtensions() {
        return enable() != 0;
    }

    @Override
    public boolean canProtect() {
        return protects() != 0;
    }

    @Override
    public void fence() {
        fenceAll();
    }

    @Override
    public void stop() {
        stopHere();
    }

    @Template("k23_machine_enable")
    static void enable(Assembler a) {
        attempt(a, () -> {
            a.li(Register.T1, MachineCsr.MENVCFG_ALL);
            a.csrs(MachineCsr.MENVCFG, Register.T1);
            a.csrr(Register.T1, MachineCsr.STIMECMP);
        });
    }

    @Template("k23_machine_protects")
    static void protects(Assembler a) {
        attempt(a, () -> a.csrr(Register.T1, MachineCsr.PMPCFG0));
    }

    /** Returns 1, or 0 from a hart without one of the registers: that is a trap. */
    private static void attempt(Assembler a, Runnable body) {
        Label lacking = a.label("lacking");
        a.la(Register.T0, lacking);
        a.csrrw(Register.T0, MachineCsr.MTVEC, Register.T0);
        a.li(Register.A0, 0);
        body.run();
        a.li(Register.A0, 1);
        a.align(4);
        a.bind(lacking);
        a.csrw(MachineCsr.MTVEC, Register.T0);
        a.ret();
    }

    @Symbol("k23_machine_enable")
    private static native long enable();

    @Symbol("k23_machine_protects")
    private static native long protects();

    @Template("k23_machine_fence")
    static void fence(Assembler a) {
        a.fenceI();
        a.sfenceVma();
        a.ret();
    }

    @Symbol("k23_machine_fence")
    private static native void fenceAll();

    @Symbol("k23_machine_stop")
    private static native void stopHere();
}
