package k23.kernel.trap;

import static k23.sdk.asm.Register.A0;
import static k23.sdk.asm.Register.GP;
import static k23.sdk.asm.Register.RA;
import static k23.sdk.asm.Register.S0;
import static k23.sdk.asm.Register.S1;
import static k23.sdk.asm.Register.S10;
import static k23.sdk.asm.Register.S11;
import static k23.sdk.asm.Register.S2;
import static k23.sdk.asm.Register.S3;
import static k23.sdk.asm.Register.S4;
import static k23.sdk.asm.Register.S5;
import static k23.sdk.asm.Register.S6;
import static k23.sdk.asm.Register.S7;
import static k23.sdk.asm.Register.S8;
import static k23.sdk.asm.Register.S9;
import static k23.sdk.asm.Register.SP;
import static k23.sdk.asm.Register.T0;
import static k23.sdk.asm.Register.T1;
import static k23.sdk.asm.Register.TP;
import static k23.sdk.asm.Register.ZERO;

import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.FloatInstructions;
import k23.sdk.asm.Label;
import k23.sdk.asm.Register;
import k23.sdk.boot.PerHart;
import k23.sdk.riscv.Csr;

/**
 * The way into user mode and back. {@code sscratch} tells where a trap came from: the running
 * {@link UserContext} in user mode, 0 in the kernel (I5).
 */
final class TrapTemplates {
    /** The bytes of an emergency area: a stack with a {@link KernelFrame} at its top. */
    static final int EMERGENCY_BYTES = 16 << 10;

    /** What a callee keeps, in the order in which it stands on the kernel's stack. */
    private static final Register[] SAVED = {
        RA, S0, S1, S2, S3, S4, S5, S6, S7, S8, S9, S10, S11
    };
    private static final int SAVED_BYTES = 112;
    private static final int FLOATS_CLEAN = 2 << 13;
    private static final int FLOATS_DIRTY = 3 << 13;

    private TrapTemplates() {}

    /** {@code long k23_run_user(UserContext)}: runs a program until it traps; the cause. */
    @Template("k23_run_user")
    static void runUser(Assembler a) {
        a.addi(SP, SP, -SAVED_BYTES);
        for (int i = 0; i < SAVED.length; i++) {
            a.sd(SAVED[i], 8 * i, SP);
        }
        a.sd(SP, UserContext.KERNEL_STACK, A0);
        a.sd(TP, UserContext.KERNEL_THREAD, A0);
        a.sd(A0, PerHart.USER_CONTEXT, TP);
        a.ld(T0, UserContext.PC, A0);
        a.csrw(Csr.SEPC, T0);
        a.li(T0, Csr.SSTATUS_SPP | Csr.SSTATUS_SUM);
        a.csrc(Csr.SSTATUS, T0);
        a.li(T0, Csr.SSTATUS_SPIE | FLOATS_DIRTY);
        a.csrs(Csr.SSTATUS, T0);
        loadFloats(a);
        // Clean from here on: only a program that writes a float has its floats saved again.
        a.li(T0, FLOATS_DIRTY - FLOATS_CLEAN);
        a.csrc(Csr.SSTATUS, T0);
        a.csrw(Csr.SSCRATCH, A0);
        for (int i = 1; i < 32; i++) {
            if (Register.x(i) != A0) {
                a.ld(Register.x(i), 8 * i, A0);
            }
        }
        a.ld(A0, 8 * A0.number(), A0);
        a.sret();
    }

    private static void loadFloats(Assembler a) {
        a.ld(T0, UserContext.FLOAT_STATUS, A0);
        a.csrw(FloatInstructions.FCSR, T0);
        for (int i = 0; i < 32; i++) {
            a.fld(i, UserContext.FLOATS + 8 * i, A0);
        }
    }

    /** Where every trap arrives. */
    @Template("k23_trap_vector")
    static void vector(Assembler a) {
        a.align(4);
        Label fromUser = a.label("fromUser");
        a.csrrw(A0, Csr.SSCRATCH, A0);
        a.bnez(A0, fromUser);
        fromKernel(a);
        a.bind(fromUser);
        saveRegisters(a);
        a.csrr(T0, Csr.SCAUSE);
        a.sd(T0, UserContext.CAUSE, A0);
        a.csrr(T0, Csr.STVAL);
        a.sd(T0, UserContext.VALUE, A0);
        saveFloats(a);
        a.ld(TP, UserContext.KERNEL_THREAD, A0);
        a.ld(SP, UserContext.KERNEL_STACK, A0);
        a.li(GP, 0);
        a.sd(ZERO, PerHart.USER_CONTEXT, TP);
        for (int i = 0; i < SAVED.length; i++) {
            a.ld(SAVED[i], 8 * i, SP);
        }
        a.addi(SP, SP, SAVED_BYTES);
        a.ld(A0, UserContext.CAUSE, A0);
        a.ret();
    }

    /** All integer registers and the pc to {@code a0}, whose own value is in sscratch. */
    private static void saveRegisters(Assembler a) {
        for (int i = 1; i < 32; i++) {
            if (Register.x(i) != A0) {
                a.sd(Register.x(i), 8 * i, A0);
            }
        }
        a.csrrw(T0, Csr.SSCRATCH, ZERO);
        a.sd(T0, 8 * A0.number(), A0);
        a.csrr(T0, Csr.SEPC);
        a.sd(T0, UserContext.PC, A0);
    }

    /** Saves the floats if the program wrote any, and turns the unit off. */
    private static void saveFloats(Assembler a) {
        Label clean = a.label("clean");
        a.csrr(T0, Csr.SSTATUS);
        a.li(T1, FLOATS_DIRTY);
        a.and(T0, T0, T1);
        a.bne(T0, T1, clean);
        for (int i = 0; i < 32; i++) {
            a.fsd(i, UserContext.FLOATS + 8 * i, A0);
        }
        a.csrr(T0, FloatInstructions.FCSR);
        a.sd(T0, UserContext.FLOAT_STATUS, A0);
        a.bind(clean);
        a.csrc(Csr.SSTATUS, T1);
    }

    /**
     * A trap of the kernel's own: Java decides on the emergency stack, since the kernel's may be
     * what is exhausted. If it returns, the instruction is tried again.
     */
    private static void fromKernel(Assembler a) {
        a.ld(A0, PerHart.SCRATCH, TP);
        saveRegisters(a);
        a.csrr(T0, Csr.SCAUSE);
        a.sd(T0, KernelFrame.CAUSE, A0);
        a.csrr(T0, Csr.STVAL);
        a.sd(T0, KernelFrame.VALUE, A0);
        a.mv(SP, A0);
        a.trapFrame(0, KernelFrame.PC);
        a.li(S0, 0);
        a.call("k23_kernel_trap");
        a.ld(T0, KernelFrame.PC, SP);
        a.csrw(Csr.SEPC, T0);
        for (int i = 1; i < 32; i++) {
            if (Register.x(i) != SP) {
                a.ld(Register.x(i), 8 * i, SP);
            }
        }
        a.trapFrameEnd();
        a.ld(SP, 8 * SP.number(), SP);
        a.sret();
    }
}
