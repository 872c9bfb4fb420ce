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
    public void fence() {
        fenceAll();
    }

    @Override
    public void stop() {
        stopHere();
    }

    /** A hart without one of the registers traps, and goes on behind the last. */
    @Template("k23_machine_enable")
    static void enable(Assembler a) {
        Label lacking = a.label("lacking");
        a.la(Register.T0, lacking);
        a.csrrw(Register.T0, MachineCsr.MTVEC, Register.T0);
        a.li(Register.A0, 0);
        a.li(Register.T1, MachineCsr.MENVCFG_ALL);
        a.csrs(MachineCsr.MENVCFG, Register.T1);
        a.csrr(Register.T1, MachineCsr.STIMECMP);
        a.li(Register.A0, 1);
        a.align(4);
        a.bind(lacking);
        a.csrw(MachineCsr.MTVEC, Register.T0);
        a.ret();
    }

    @Symbol("k23_machine_enable")
    private static native long enable();

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
