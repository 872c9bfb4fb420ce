package k23.codegen.asm;

import k23.sdk.asm.AtomicInstructions;
import k23.sdk.asm.FloatInstructions;
import k23.sdk.asm.FloatRegister;
import k23.sdk.asm.Ordering;
import k23.sdk.asm.Register;
import k23.sdk.asm.SystemInstructions;

/** Encodes what lies beyond RV64I and M: atomics, CSRs, fences, privileged instructions, floats. */
abstract class ExtensionEncoder extends IntegerEncoder
        implements AtomicInstructions, SystemInstructions, FloatInstructions {
    private static final int WORD = 2;
    private static final int DOUBLEWORD = 3;
    private static final int LOAD_RESERVED = 2;
    private static final int STORE_CONDITIONAL = 3;
    private static final int IMMEDIATE = 4;

    ExtensionEncoder(CodeBuffer code) {
        super(code);
    }

    private void atomic(int funct5, int width, Register rd, Register source, Register address,
            Ordering ordering) {
        code.instruction(Encoding.r(Encoding.AMO, width, funct5 << 2 | ordering.bits(),
                rd.number(), address.number(), source.number()));
    }

    private void csr(int funct3, Register rd, int csr, int operand) {
        code.instruction(Encoding.i(Encoding.SYSTEM, funct3, rd.number(), operand,
                ranged(csr, 0, 0xfff, "csr")));
    }

    private void csrImmediate(int funct3, Register rd, int csr, int immediate) {
        csr(IMMEDIATE | funct3, rd, csr, ranged(immediate, 0, 31, "immediate"));
    }

    private void loadFloat(int width, FloatRegister rd, int offset, Register base) {
        code.instruction(Encoding.i(Encoding.LOAD_FP, width, rd.number(), base.number(),
                immediate12(offset)));
    }

    private void storeFloat(int width, FloatRegister source, int offset, Register base) {
        code.instruction(Encoding.s(Encoding.STORE_FP, width, source.number(), base.number(),
                immediate12(offset)));
    }

    @Override
    public final void lrW(Register rd, Register address, Ordering ordering) {
        atomic(LOAD_RESERVED, WORD, rd, Register.ZERO, address, ordering);
    }

    @Override
    public final void scW(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(STORE_CONDITIONAL, WORD, rd, source, address, ordering);
    }

    @Override
    public final void amoswapW(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(1, WORD, rd, source, address, ordering);
    }

    @Override
    public final void amoaddW(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(0, WORD, rd, source, address, ordering);
    }

    @Override
    public final void amoxorW(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(4, WORD, rd, source, address, ordering);
    }

    @Override
    public final void amoandW(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(0xc, WORD, rd, source, address, ordering);
    }

    @Override
    public final void amoorW(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(8, WORD, rd, source, address, ordering);
    }

    @Override
    public final void amominW(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(0x10, WORD, rd, source, address, ordering);
    }

    @Override
    public final void amomaxW(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(0x14, WORD, rd, source, address, ordering);
    }

    @Override
    public final void amominuW(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(0x18, WORD, rd, source, address, ordering);
    }

    @Override
    public final void amomaxuW(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(0x1c, WORD, rd, source, address, ordering);
    }

    @Override
    public final void lrD(Register rd, Register address, Ordering ordering) {
        atomic(LOAD_RESERVED, DOUBLEWORD, rd, Register.ZERO, address, ordering);
    }

    @Override
    public final void scD(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(STORE_CONDITIONAL, DOUBLEWORD, rd, source, address, ordering);
    }

    @Override
    public final void amoswapD(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(1, DOUBLEWORD, rd, source, address, ordering);
    }

    @Override
    public final void amoaddD(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(0, DOUBLEWORD, rd, source, address, ordering);
    }

    @Override
    public final void amoxorD(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(4, DOUBLEWORD, rd, source, address, ordering);
    }

    @Override
    public final void amoandD(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(0xc, DOUBLEWORD, rd, source, address, ordering);
    }

    @Override
    public final void amoorD(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(8, DOUBLEWORD, rd, source, address, ordering);
    }

    @Override
    public final void amominD(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(0x10, DOUBLEWORD, rd, source, address, ordering);
    }

    @Override
    public final void amomaxD(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(0x14, DOUBLEWORD, rd, source, address, ordering);
    }

    @Override
    public final void amominuD(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(0x18, DOUBLEWORD, rd, source, address, ordering);
    }

    @Override
    public final void amomaxuD(Register rd, Register source, Register address,
            Ordering ordering) {
        atomic(0x1c, DOUBLEWORD, rd, source, address, ordering);
    }

    @Override
    public final void csrrw(Register rd, int csr, Register rs1) {
        csr(1, rd, csr, rs1.number());
    }

    @Override
    public final void csrrs(Register rd, int csr, Register rs1) {
        csr(2, rd, csr, rs1.number());
    }

    @Override
    public final void csrrc(Register rd, int csr, Register rs1) {
        csr(3, rd, csr, rs1.number());
    }

    @Override
    public final void csrrwi(Register rd, int csr, int immediate) {
        csrImmediate(1, rd, csr, immediate);
    }

    @Override
    public final void csrrsi(Register rd, int csr, int immediate) {
        csrImmediate(2, rd, csr, immediate);
    }

    @Override
    public final void csrrci(Register rd, int csr, int immediate) {
        csrImmediate(3, rd, csr, immediate);
    }

    @Override
    public final void ecall() {
        code.instruction(0x00000073);
    }

    @Override
    public final void ebreak() {
        code.instruction(0x00100073);
    }

    @Override
    public final void sret() {
        code.instruction(0x10200073);
    }

    @Override
    public final void mret() {
        code.instruction(0x30200073);
    }

    @Override
    public final void wfi() {
        code.instruction(0x10500073);
    }

    @Override
    public final void fenceI() {
        code.instruction(0x0000100f);
    }

    @Override
    public final void unimp() {
        code.instruction(0xc0001073);
    }

    @Override
    public final void sfenceVma(Register rs1, Register rs2) {
        code.instruction(Encoding.r(Encoding.SYSTEM, 0, 9, 0, rs1.number(), rs2.number()));
    }

    @Override
    public final void fence(int predecessors, int successors) {
        int sets = ranged(predecessors, 1, FENCE_ALL, "fence set") << 4
                | ranged(successors, 1, FENCE_ALL, "fence set");
        code.instruction(Encoding.i(Encoding.MISC_MEM, 0, 0, 0, sets));
    }

    @Override
    public final void flw(FloatRegister rd, int offset, Register base) {
        loadFloat(WORD, rd, offset, base);
    }

    @Override
    public final void fld(FloatRegister rd, int offset, Register base) {
        loadFloat(DOUBLEWORD, rd, offset, base);
    }

    @Override
    public final void fsw(FloatRegister source, int offset, Register base) {
        storeFloat(WORD, source, offset, base);
    }

    @Override
    public final void fsd(FloatRegister source, int offset, Register base) {
        storeFloat(DOUBLEWORD, source, offset, base);
    }

    @Override
    public final void fmvDX(FloatRegister rd, Register rs1) {
        code.instruction(Encoding.r(Encoding.OP_FP, 0, 0x79, rd.number(), rs1.number(), 0));
    }

    @Override
    public final void fmvXD(Register rd, FloatRegister rs1) {
        code.instruction(Encoding.r(Encoding.OP_FP, 0, 0x71, rd.number(), rs1.number(), 0));
    }
}
