package k23.loader.boot;

import k23.sdk.Symbol;
import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.Register;
import k23.sdk.riscv.Csr;

/** The templates that only a boot by UEFI needs. */
public final class UefiTemplates {
    private UefiTemplates() {}

    /** Calls the function in {@code a0} with the arguments from {@code a1} on. */
    @Template("k23_efi_call")
    static void callFunction(Assembler a) {
        a.mv(Register.T0, Register.A0);
        a.mv(Register.A0, Register.A1);
        a.mv(Register.A1, Register.A2);
        a.mv(Register.A2, Register.A3);
        a.mv(Register.A3, Register.A4);
        a.mv(Register.A4, Register.A5);
        a.jr(Register.T0);
    }

    /** Calls a function of the firmware's; the compiler takes it to change any memory. */
    @Symbol("k23_efi_call")
    static native long call(long function, long arg0, long arg1, long arg2, long arg3, long arg4);

    /**
     * Takes the hart from the firmware, whose memory is mapped one to one (UEFI 2.10, section
     * 2.3.7): from here on all is as an SBI boot finds it.
     */
    @Template("k23_take_hart")
    static void takeFromFirmware(Assembler a) {
        a.csrw(Csr.SIE, Register.ZERO);
        a.csrw(Csr.SIP, Register.ZERO);
        a.li(Register.T0, Csr.SSTATUS_SIE | Csr.SSTATUS_SUM);
        a.csrc(Csr.SSTATUS, Register.T0);
        a.la(Register.T0, "k23_loader_trap");
        a.csrw(Csr.STVEC, Register.T0);
        a.csrw(Csr.SATP, Register.ZERO);
        a.sfenceVma(Register.ZERO, Register.ZERO);
        a.li(Register.GP, 0);
        a.li(Register.TP, 0);
        a.ret();
    }

    /** Turns interrupts and paging off, and makes traps the loader's. */
    @Symbol("k23_take_hart")
    public static native void takeHart();
}
