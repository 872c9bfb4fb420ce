package k23.sdk.asm;

/** RV64I and M: the base integer instructions, multiplication and division. */
public interface IntegerInstructions {
    /** rd = rs1 + rs2. */
    void add(Register rd, Register rs1, Register rs2);

    /** rd = rs1 - rs2. */
    void sub(Register rd, Register rs1, Register rs2);

    /** rd = rs1 << rs2, low 6 bits. */
    void sll(Register rd, Register rs1, Register rs2);

    /** rd = rs1 < rs2 signed, 1 or 0. */
    void slt(Register rd, Register rs1, Register rs2);

    /** rd = rs1 < rs2 unsigned, 1 or 0. */
    void sltu(Register rd, Register rs1, Register rs2);

    /** rd = rs1 ^ rs2. */
    void xor(Register rd, Register rs1, Register rs2);

    /** rd = rs1 >>> rs2, low 6 bits. */
    void srl(Register rd, Register rs1, Register rs2);

    /** rd = rs1 >> rs2, low 6 bits. */
    void sra(Register rd, Register rs1, Register rs2);

    /** rd = rs1 | rs2. */
    void or(Register rd, Register rs1, Register rs2);

    /** rd = rs1 & rs2. */
    void and(Register rd, Register rs1, Register rs2);

    /** rd = rs1 + rs2 in 32 bits, sign-extended. */
    void addw(Register rd, Register rs1, Register rs2);

    /** rd = rs1 - rs2 in 32 bits, sign-extended. */
    void subw(Register rd, Register rs1, Register rs2);

    /** rd = rs1 << rs2 in 32 bits, sign-extended. */
    void sllw(Register rd, Register rs1, Register rs2);

    /** rd = rs1 >>> rs2 in 32 bits, sign-extended. */
    void srlw(Register rd, Register rs1, Register rs2);

    /** rd = rs1 >> rs2 in 32 bits. */
    void sraw(Register rd, Register rs1, Register rs2);

    /** Low 64 bits of the product. */
    void mul(Register rd, Register rs1, Register rs2);

    /** High 64 bits of the product, signed by signed. */
    void mulh(Register rd, Register rs1, Register rs2);

    /** High 64 bits of the product, rs1 signed by rs2 unsigned. */
    void mulhsu(Register rd, Register rs1, Register rs2);

    /** High 64 bits of the unsigned product. */
    void mulhu(Register rd, Register rs1, Register rs2);

    /** Signed quotient. */
    void div(Register rd, Register rs1, Register rs2);

    /** Unsigned quotient. */
    void divu(Register rd, Register rs1, Register rs2);

    /** Signed remainder. */
    void rem(Register rd, Register rs1, Register rs2);

    /** Unsigned remainder. */
    void remu(Register rd, Register rs1, Register rs2);

    /** Product in 32 bits, sign-extended. */
    void mulw(Register rd, Register rs1, Register rs2);

    /** Signed quotient in 32 bits. */
    void divw(Register rd, Register rs1, Register rs2);

    /** Unsigned quotient in 32 bits, sign-extended. */
    void divuw(Register rd, Register rs1, Register rs2);

    /** Signed remainder in 32 bits. */
    void remw(Register rd, Register rs1, Register rs2);

    /** Unsigned remainder in 32 bits, sign-extended. */
    void remuw(Register rd, Register rs1, Register rs2);

    /** rd = rs1 + immediate, -2048 to 2047. */
    void addi(Register rd, Register rs1, int immediate);

    /** rd = rs1 < immediate signed, 1 or 0; -2048 to 2047. */
    void slti(Register rd, Register rs1, int immediate);

    /** rd = rs1 < sign-extended immediate unsigned, 1 or 0; -2048 to 2047. */
    void sltiu(Register rd, Register rs1, int immediate);

    /** rd = rs1 ^ immediate, -2048 to 2047. */
    void xori(Register rd, Register rs1, int immediate);

    /** rd = rs1 | immediate, -2048 to 2047. */
    void ori(Register rd, Register rs1, int immediate);

    /** rd = rs1 & immediate, -2048 to 2047. */
    void andi(Register rd, Register rs1, int immediate);

    /** rd = rs1 + immediate in 32 bits, sign-extended; -2048 to 2047. */
    void addiw(Register rd, Register rs1, int immediate);

    /** rd = rs1 << amount, 0 to 63. */
    void slli(Register rd, Register rs1, int amount);

    /** rd = rs1 >>> amount, 0 to 63. */
    void srli(Register rd, Register rs1, int amount);

    /** rd = rs1 >> amount, 0 to 63. */
    void srai(Register rd, Register rs1, int amount);

    /** rd = rs1 << amount in 32 bits, 0 to 31. */
    void slliw(Register rd, Register rs1, int amount);

    /** rd = rs1 >>> amount in 32 bits, 0 to 31. */
    void srliw(Register rd, Register rs1, int amount);

    /** rd = rs1 >> amount in 32 bits, 0 to 31. */
    void sraiw(Register rd, Register rs1, int amount);

    /** rd = page << 12, sign-extended; page -524288 to 1048575. */
    void lui(Register rd, int page);

    /** rd = address of this instruction + (page << 12); -524288 to 1048575. */
    void auipc(Register rd, int page);

    /** Loads a signed byte at base + offset, -2048 to 2047. */
    void lb(Register rd, int offset, Register base);

    /** Loads a signed halfword at base + offset, -2048 to 2047. */
    void lh(Register rd, int offset, Register base);

    /** Loads a signed word at base + offset, -2048 to 2047. */
    void lw(Register rd, int offset, Register base);

    /** Loads a doubleword at base + offset, -2048 to 2047. */
    void ld(Register rd, int offset, Register base);

    /** Loads an unsigned byte at base + offset, -2048 to 2047. */
    void lbu(Register rd, int offset, Register base);

    /** Loads an unsigned halfword at base + offset, -2048 to 2047. */
    void lhu(Register rd, int offset, Register base);

    /** Loads an unsigned word at base + offset, -2048 to 2047. */
    void lwu(Register rd, int offset, Register base);

    /** Stores the low byte of source at base + offset, -2048 to 2047. */
    void sb(Register source, int offset, Register base);

    /** Stores the low halfword of source at base + offset, -2048 to 2047. */
    void sh(Register source, int offset, Register base);

    /** Stores the low word of source at base + offset, -2048 to 2047. */
    void sw(Register source, int offset, Register base);

    /** Stores the doubleword of source at base + offset, -2048 to 2047. */
    void sd(Register source, int offset, Register base);

    /** Branches when rs1 == rs2; ±4 KiB. */
    void beq(Register rs1, Register rs2, Label target);

    /** Branches when rs1 != rs2; ±4 KiB. */
    void bne(Register rs1, Register rs2, Label target);

    /** Branches when rs1 < rs2 signed; ±4 KiB. */
    void blt(Register rs1, Register rs2, Label target);

    /** Branches when rs1 >= rs2 signed; ±4 KiB. */
    void bge(Register rs1, Register rs2, Label target);

    /** Branches when rs1 < rs2 unsigned; ±4 KiB. */
    void bltu(Register rs1, Register rs2, Label target);

    /** Branches when rs1 >= rs2 unsigned; ±4 KiB. */
    void bgeu(Register rs1, Register rs2, Label target);

    /** Jumps, rd = address of the next instruction; ±1 MiB. */
    void jal(Register rd, Label target);

    /** Jumps to base + offset, rd = address of the next instruction. */
    void jalr(Register rd, int offset, Register base);
}
