package k23.codegen.asm;

import k23.sdk.asm.IntegerInstructions;
import k23.sdk.asm.Label;
import k23.sdk.asm.Register;

/** Encodes RV64I and M (RISC-V Unprivileged Specification, "RV32/64G Instruction Set Listings"). */
abstract class IntegerEncoder implements IntegerInstructions {
    private static final int ALTERNATE = 0x20;
    private static final int MULTIPLY = 1;

    final CodeBuffer code;

    IntegerEncoder(CodeBuffer code) {
        this.code = code;
    }

    /** An operand within a range, or an error that names the template's line. */
    final int ranged(int value, int least, int most, String what) {
        if (value < least || value > most) {
            throw code.error(AssemblyException.OPERAND_RANGE, what + " " + value
                    + " is not between " + least + " and " + most);
        }
        return value;
    }

    final int immediate12(int value) {
        return ranged(value, -2048, 2047, "immediate");
    }

    private void r(int opcode, int funct3, int funct7, Register rd, Register rs1, Register rs2) {
        code.instruction(Encoding.r(opcode, funct3, funct7, rd.number(), rs1.number(),
                rs2.number()));
    }

    private void i(int opcode, int funct3, Register rd, Register rs1, int immediate) {
        code.instruction(Encoding.i(opcode, funct3, rd.number(), rs1.number(),
                immediate12(immediate)));
    }

    private void shift(int opcode, int funct3, int funct6, Register rd, Register rs1,
            int amount) {
        int most = opcode == Encoding.OP_IMM ? 63 : 31;
        code.instruction(Encoding.i(opcode, funct3, rd.number(), rs1.number(),
                funct6 << 6 | ranged(amount, 0, most, "shift amount")));
    }

    private void store(int funct3, Register source, int offset, Register base) {
        code.instruction(Encoding.s(Encoding.STORE, funct3, source.number(), base.number(),
                immediate12(offset)));
    }

    private void branch(int funct3, Register rs1, Register rs2, Label target) {
        code.use(CodeBuffer.Reference.BRANCH, target);
        code.instruction(Encoding.s(Encoding.BRANCH, funct3, rs2.number(), rs1.number(), 0));
    }

    private int page(int value) {
        return ranged(value, -0x80000, 0xfffff, "page");
    }

    @Override
    public final void add(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 0, 0, rd, rs1, rs2);
    }

    @Override
    public final void sub(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 0, ALTERNATE, rd, rs1, rs2);
    }

    @Override
    public final void sll(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 1, 0, rd, rs1, rs2);
    }

    @Override
    public final void slt(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 2, 0, rd, rs1, rs2);
    }

    @Override
    public final void sltu(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 3, 0, rd, rs1, rs2);
    }

    @Override
    public final void xor(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 4, 0, rd, rs1, rs2);
    }

    @Override
    public final void srl(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 5, 0, rd, rs1, rs2);
    }

    @Override
    public final void sra(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 5, ALTERNATE, rd, rs1, rs2);
    }

    @Override
    public final void or(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 6, 0, rd, rs1, rs2);
    }

    @Override
    public final void and(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 7, 0, rd, rs1, rs2);
    }

    @Override
    public final void addw(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP_32, 0, 0, rd, rs1, rs2);
    }

    @Override
    public final void subw(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP_32, 0, ALTERNATE, rd, rs1, rs2);
    }

    @Override
    public final void sllw(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP_32, 1, 0, rd, rs1, rs2);
    }

    @Override
    public final void srlw(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP_32, 5, 0, rd, rs1, rs2);
    }

    @Override
    public final void sraw(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP_32, 5, ALTERNATE, rd, rs1, rs2);
    }

    @Override
    public final void mul(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 0, MULTIPLY, rd, rs1, rs2);
    }

    @Override
    public final void mulh(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 1, MULTIPLY, rd, rs1, rs2);
    }

    @Override
    public final void mulhsu(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 2, MULTIPLY, rd, rs1, rs2);
    }

    @Override
    public final void mulhu(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 3, MULTIPLY, rd, rs1, rs2);
    }

    @Override
    public final void div(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 4, MULTIPLY, rd, rs1, rs2);
    }

    @Override
    public final void divu(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 5, MULTIPLY, rd, rs1, rs2);
    }

    @Override
    public final void rem(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 6, MULTIPLY, rd, rs1, rs2);
    }

    @Override
    public final void remu(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP, 7, MULTIPLY, rd, rs1, rs2);
    }

    @Override
    public final void mulw(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP_32, 0, MULTIPLY, rd, rs1, rs2);
    }

    @Override
    public final void divw(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP_32, 4, MULTIPLY, rd, rs1, rs2);
    }

    @Override
    public final void divuw(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP_32, 5, MULTIPLY, rd, rs1, rs2);
    }

    @Override
    public final void remw(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP_32, 6, MULTIPLY, rd, rs1, rs2);
    }

    @Override
    public final void remuw(Register rd, Register rs1, Register rs2) {
        r(Encoding.OP_32, 7, MULTIPLY, rd, rs1, rs2);
    }

    @Override
    public final void addi(Register rd, Register rs1, int immediate) {
        i(Encoding.OP_IMM, 0, rd, rs1, immediate);
    }

    @Override
    public final void slti(Register rd, Register rs1, int immediate) {
        i(Encoding.OP_IMM, 2, rd, rs1, immediate);
    }

    @Override
    public final void sltiu(Register rd, Register rs1, int immediate) {
        i(Encoding.OP_IMM, 3, rd, rs1, immediate);
    }

    @Override
    public final void xori(Register rd, Register rs1, int immediate) {
        i(Encoding.OP_IMM, 4, rd, rs1, immediate);
    }

    @Override
    public final void ori(Register rd, Register rs1, int immediate) {
        i(Encoding.OP_IMM, 6, rd, rs1, immediate);
    }

    @Override
    public final void andi(Register rd, Register rs1, int immediate) {
        i(Encoding.OP_IMM, 7, rd, rs1, immediate);
    }

    @Override
    public final void addiw(Register rd, Register rs1, int immediate) {
        i(Encoding.OP_IMM_32, 0, rd, rs1, immediate);
    }

    @Override
    public final void slli(Register rd, Register rs1, int amount) {
        shift(Encoding.OP_IMM, 1, 0, rd, rs1, amount);
    }

    @Override
    public final void srli(Register rd, Register rs1, int amount) {
        shift(Encoding.OP_IMM, 5, 0, rd, rs1, amount);
    }

    @Override
    public final void srai(Register rd, Register rs1, int amount) {
        shift(Encoding.OP_IMM, 5, ALTERNATE >> 1, rd, rs1, amount);
    }

    @Override
    public final void slliw(Register rd, Register rs1, int amount) {
        shift(Encoding.OP_IMM_32, 1, 0, rd, rs1, amount);
    }

    @Override
    public final void srliw(Register rd, Register rs1, int amount) {
        shift(Encoding.OP_IMM_32, 5, 0, rd, rs1, amount);
    }

    @Override
    public final void sraiw(Register rd, Register rs1, int amount) {
        shift(Encoding.OP_IMM_32, 5, ALTERNATE >> 1, rd, rs1, amount);
    }

    @Override
    public final void lui(Register rd, int page) {
        code.instruction(Encoding.u(Encoding.LUI, rd, page(page)));
    }

    @Override
    public final void auipc(Register rd, int page) {
        code.instruction(Encoding.u(Encoding.AUIPC, rd, page(page)));
    }

    @Override
    public final void lb(Register rd, int offset, Register base) {
        i(Encoding.LOAD, 0, rd, base, offset);
    }

    @Override
    public final void lh(Register rd, int offset, Register base) {
        i(Encoding.LOAD, 1, rd, base, offset);
    }

    @Override
    public final void lw(Register rd, int offset, Register base) {
        i(Encoding.LOAD, 2, rd, base, offset);
    }

    @Override
    public final void ld(Register rd, int offset, Register base) {
        i(Encoding.LOAD, 3, rd, base, offset);
    }

    @Override
    public final void lbu(Register rd, int offset, Register base) {
        i(Encoding.LOAD, 4, rd, base, offset);
    }

    @Override
    public final void lhu(Register rd, int offset, Register base) {
        i(Encoding.LOAD, 5, rd, base, offset);
    }

    @Override
    public final void lwu(Register rd, int offset, Register base) {
        i(Encoding.LOAD, 6, rd, base, offset);
    }

    @Override
    public final void sb(Register source, int offset, Register base) {
        store(0, source, offset, base);
    }

    @Override
    public final void sh(Register source, int offset, Register base) {
        store(1, source, offset, base);
    }

    @Override
    public final void sw(Register source, int offset, Register base) {
        store(2, source, offset, base);
    }

    @Override
    public final void sd(Register source, int offset, Register base) {
        store(3, source, offset, base);
    }

    @Override
    public final void beq(Register rs1, Register rs2, Label target) {
        branch(0, rs1, rs2, target);
    }

    @Override
    public final void bne(Register rs1, Register rs2, Label target) {
        branch(1, rs1, rs2, target);
    }

    @Override
    public final void blt(Register rs1, Register rs2, Label target) {
        branch(4, rs1, rs2, target);
    }

    @Override
    public final void bge(Register rs1, Register rs2, Label target) {
        branch(5, rs1, rs2, target);
    }

    @Override
    public final void bltu(Register rs1, Register rs2, Label target) {
        branch(6, rs1, rs2, target);
    }

    @Override
    public final void bgeu(Register rs1, Register rs2, Label target) {
        branch(7, rs1, rs2, target);
    }

    @Override
    public final void jal(Register rd, Label target) {
        code.use(CodeBuffer.Reference.JUMP, target);
        code.instruction(Encoding.u(Encoding.JAL, rd, 0));
    }

    @Override
    public final void jalr(Register rd, int offset, Register base) {
        i(Encoding.JALR, 0, rd, base, offset);
    }
}
