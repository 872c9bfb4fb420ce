package k23.codegen.asm;

import static k23.sdk.asm.Register.A0;
import static k23.sdk.asm.Register.A1;
import static k23.sdk.asm.Register.A2;
import static k23.sdk.asm.Register.A3;
import static k23.sdk.asm.Register.A4;
import static k23.sdk.asm.Register.A6;
import static k23.sdk.asm.Register.A7;
import static k23.sdk.asm.Register.S0;
import static k23.sdk.asm.Register.TP;

import java.util.function.Consumer;
import k23.codegen.link.Definition;
import k23.sdk.asm.Assembler;

/**
 * The functions behind the intrinsics that need instructions which Cranelift does not have. Each
 * follows the calling convention; each is one instruction and a return. A call is opaque to
 * Cranelift, so that no memory access moves across it, and none of a device is merged or dropped.
 */
public final class IntrinsicStubs {
    /** {@code fence w, 0}: a fence of nothing. */
    private static final int PAUSE = 0x0100000f;

    private IntrinsicStubs() {}

    private static Definition stub(String name, Consumer<Assembler> body) {
        TemplateAssembler assembler = new TemplateAssembler(name);
        body.accept(assembler);
        assembler.ret();
        return assembler.finish();
    }

    private static String csrName(String operation, int csr) {
        return "k23.csr." + operation + "." + Integer.toHexString(csr);
    }

    /** {@code long read()}: the value of register {@code csr}. */
    public static Definition csrRead(int csr) {
        return stub(csrName("read", csr), a -> a.csrr(A0, csr));
    }

    /** {@code void write(long value)}. */
    public static Definition csrWrite(int csr) {
        return stub(csrName("write", csr), a -> a.csrw(csr, A0));
    }

    /** {@code long set(long mask)}: sets the bits; the value before. */
    public static Definition csrSet(int csr) {
        return stub(csrName("set", csr), a -> a.csrrs(A0, csr, A0));
    }

    /** {@code long clear(long mask)}: clears the bits; the value before. */
    public static Definition csrClear(int csr) {
        return stub(csrName("clear", csr), a -> a.csrrc(A0, csr, A0));
    }

    /**
     * {@code (long error, long value) sbi(long extension, long function, long arg0, long arg1,
     * long arg2)}. The SBI preserves all registers but {@code a0} and {@code a1}.
     */
    public static Definition sbiCall() {
        return stub("k23.sbi.call", a -> {
            a.mv(A7, A0);
            a.mv(A6, A1);
            a.mv(A0, A2);
            a.mv(A1, A3);
            a.mv(A2, A4);
            a.ecall();
        });
    }

    /** {@code long threadPointer()}. */
    public static Definition readThreadPointer() {
        return stub("k23.tp.read", a -> a.mv(A0, TP));
    }

    /** {@code void setThreadPointer(long value)}. */
    public static Definition writeThreadPointer() {
        return stub("k23.tp.write", a -> a.mv(TP, A0));
    }

    /** {@code long framePointer()}: the caller's, since a stub makes no frame. */
    public static Definition framePointer() {
        return stub("k23.fp.read", a -> a.mv(A0, S0));
    }

    /** {@code void wfi()}. */
    public static Definition waitForInterrupt() {
        return stub("k23.wfi", Assembler::wfi);
    }

    /** {@code void onSpinWait()}: the hint {@code pause} (Zihintpause). */
    public static Definition pause() {
        return stub("k23.pause", a -> a.word(PAUSE));
    }

    /** {@code void fence()}. */
    public static Definition fence() {
        return stub("k23.fence", Assembler::fence);
    }

    /** {@code void fenceInstructions()}. */
    public static Definition fenceInstructions() {
        return stub("k23.fence.i", Assembler::fenceI);
    }

    /** {@code void fenceTranslations()}. */
    public static Definition fenceTranslations() {
        return stub("k23.sfence.vma", Assembler::sfenceVma);
    }

    /**
     * {@code read(long address)}: one device load of {@code width} bytes (1, 2, 4 or 8); one
     * and two bytes are zero-extended, four sign-extended.
     */
    public static Definition deviceRead(int width) {
        return stub("k23.mmio.read." + width, a -> {
            switch (width) {
                case 1 -> a.lbu(A0, 0, A0);
                case 2 -> a.lhu(A0, 0, A0);
                case 4 -> a.lw(A0, 0, A0);
                case 8 -> a.ld(A0, 0, A0);
                default -> throw new IllegalArgumentException("width " + width);
            }
            a.fence();
        });
    }

    /** {@code write(long address, bits)}: one device store of {@code width} bytes (1, 2, 4, 8). */
    public static Definition deviceWrite(int width) {
        return stub("k23.mmio.write." + width, a -> {
            a.fence();
            switch (width) {
                case 1 -> a.sb(A1, 0, A0);
                case 2 -> a.sh(A1, 0, A0);
                case 4 -> a.sw(A1, 0, A0);
                case 8 -> a.sd(A1, 0, A0);
                default -> throw new IllegalArgumentException("width " + width);
            }
        });
    }
}
