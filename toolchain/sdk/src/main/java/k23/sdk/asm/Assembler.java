package k23.sdk.asm;

/**
 * An assembler for RV64 (RISC-V Unprivileged and Privileged Specifications). Every method appends
 * one instruction of four bytes unless it says otherwise; none is compressed.
 *
 * <p>Operands out of range, unbound labels and targets too far away are errors that name the
 * template.
 */
public interface Assembler {
    /** A new label, not yet placed. */
    Label label();

    /** Places {@code label} here. */
    void bind(Label label);

    /** Places a new label here. */
    default Label here() {
        Label label = label();
        bind(label);
        return label;
    }

    /** How many bytes have been appended. */
    int size();

    /** Gives the place here a global symbol of its own. */
    void symbol(String name);

    /** Rd = rs1 + rs2. */
    void add(Register rd, Register rs1, Register rs2);

    /** Rd = rs1 - rs2. */
    void sub(Register rd, Register rs1, Register rs2);

    /** Rd = rs1 & rs2. */
    void and(Register rd, Register rs1, Register rs2);

    /** Rd = rs1 | rs2. */
    void or(Register rd, Register rs1, Register rs2);

    /** Rd = rs1 ^ rs2. */
    void xor(Register rd, Register rs1, Register rs2);

    /** Rd = rs1 << rs2. */
    void sll(Register rd, Register rs1, Register rs2);

    /** Rd = rs1 >>> rs2. */
    void srl(Register rd, Register rs1, Register rs2);

    /** Rd = rs1 >> rs2. */
    void sra(Register rd, Register rs1, Register rs2);

    /** Rd = rs1 < rs2, signed. */
    void slt(Register rd, Register rs1, Register rs2);

    /** Rd = rs1 < rs2, unsigned. */
    void sltu(Register rd, Register rs1, Register rs2);

    /** Rd = rs1 * rs2. */
    void mul(Register rd, Register rs1, Register rs2);

    /** The upper half of the unsigned product. */
    void mulhu(Register rd, Register rs1, Register rs2);

    /** Rd = rs1 / rs2, unsigned. */
    void divu(Register rd, Register rs1, Register rs2);

    /** Rd = rs1 % rs2, unsigned. */
    void remu(Register rd, Register rs1, Register rs2);

    /** 32-bit addition, sign-extended. */
    void addw(Register rd, Register rs1, Register rs2);

    /** 32-bit subtraction, sign-extended. */
    void subw(Register rd, Register rs1, Register rs2);

    /** Rd = rs1 + immediate, -2048 to 2047. */
    void addi(Register rd, Register rs1, int immediate);

    /** 32-bit addition, sign-extended. */
    void addiw(Register rd, Register rs1, int immediate);

    /** Rd = rs1 & immediate. */
    void andi(Register rd, Register rs1, int immediate);

    /** Rd = rs1 | immediate. */
    void ori(Register rd, Register rs1, int immediate);

    /** Rd = rs1 ^ immediate. */
    void xori(Register rd, Register rs1, int immediate);

    /** Rd = rs1 < immediate, signed. */
    void slti(Register rd, Register rs1, int immediate);

    /** Rd = rs1 < immediate, unsigned. */
    void sltiu(Register rd, Register rs1, int immediate);

    /** Rd = rs1 << immediate, 0 to 63. */
    void slli(Register rd, Register rs1, int immediate);

    /** Rd = rs1 >>> immediate, 0 to 63. */
    void srli(Register rd, Register rs1, int immediate);

    /** Rd = rs1 >> immediate, 0 to 63. */
    void srai(Register rd, Register rs1, int immediate);

    /** Loads a byte, sign-extended. */
    void lb(Register rd, int offset, Register base);

    /** Loads a byte, zero-extended. */
    void lbu(Register rd, int offset, Register base);

    /** Loads two bytes, sign-extended. */
    void lh(Register rd, int offset, Register base);

    /** Loads two bytes, zero-extended. */
    void lhu(Register rd, int offset, Register base);

    /** Loads four bytes, sign-extended. */
    void lw(Register rd, int offset, Register base);

    /** Loads four bytes, zero-extended. */
    void lwu(Register rd, int offset, Register base);

    /** Loads eight bytes. */
    void ld(Register rd, int offset, Register base);

    /** Stores a byte. */
    void sb(Register source, int offset, Register base);

    /** Stores two bytes. */
    void sh(Register source, int offset, Register base);

    /** Stores four bytes. */
    void sw(Register source, int offset, Register base);

    /** Stores eight bytes. */
    void sd(Register source, int offset, Register base);

    /** Loads a double into f0 to f31. */
    void fld(int floatRegister, int offset, Register base);

    /** Stores a double from f0 to f31. */
    void fsd(int floatRegister, int offset, Register base);

    /** Jumps when rs1 == rs2. */
    void beq(Register rs1, Register rs2, Label target);

    /** Jumps when rs1 != rs2. */
    void bne(Register rs1, Register rs2, Label target);

    /** Jumps when rs1 < rs2, signed. */
    void blt(Register rs1, Register rs2, Label target);

    /** Jumps when rs1 >= rs2, signed. */
    void bge(Register rs1, Register rs2, Label target);

    /** Jumps when rs1 < rs2, unsigned. */
    void bltu(Register rs1, Register rs2, Label target);

    /** Jumps when rs1 >= rs2, unsigned. */
    void bgeu(Register rs1, Register rs2, Label target);

    /** Rd = sign-extended upper << 12; upper has 20 bits. */
    void lui(Register rd, int upper);

    /** Rd = pc + (upper << 12); upper has 20 bits. */
    void auipc(Register rd, int upper);

    /** Jumps within 1 MiB; rd = return address. */
    void jal(Register rd, Label target);

    /** Jumps to base + offset; rd = return address. */
    void jalr(Register rd, int offset, Register base);

    /** Rd = csr, then csr = rs1. */
    void csrrw(Register rd, int csr, Register rs1);

    /** Rd = csr, then csr |= rs1. */
    void csrrs(Register rd, int csr, Register rs1);

    /** Rd = csr, then csr &= ~rs1. */
    void csrrc(Register rd, int csr, Register rs1);

    /** Calls the next more privileged mode. */
    void ecall();

    /** Breakpoint. */
    void ebreak();

    /** Returns from a supervisor trap. */
    void sret();

    /** Returns from a machine trap. */
    void mret();

    /** Waits for an interrupt. */
    void wfi();

    /** Fence iorw, iorw. */
    void fence();

    /** Fence.i: makes stores to code visible to fetches. */
    void fenceI();

    /** Sfence.vma: all translations. */
    void sfenceVma();

    /** An instruction that always traps. */
    void illegal();

    /** Lr.d.aqrl: load reserved. */
    void lrD(Register rd, Register address);

    /** Sc.d.aqrl: store conditional; rd = 0 on success. */
    void scD(Register rd, Register source, Register address);

    /** Amoadd.d.aqrl. */
    void amoaddD(Register rd, Register source, Register address);

    /** Amoswap.d.aqrl. */
    void amoswapD(Register rd, Register source, Register address);

    /** Amoadd.w.aqrl. */
    void amoaddW(Register rd, Register source, Register address);

    /** Amoswap.w.aqrl. */
    void amoswapW(Register rd, Register source, Register address);

    /** Loads any 64-bit constant, in one to eight instructions. */
    void li(Register rd, long value);

    /** Loads the address of a linker symbol, pc-relative: two instructions. */
    void la(Register rd, String symbol);

    /** Loads the address of {@code target}, pc-relative: two instructions. */
    void la(Register rd, Label target);

    /** Calls a linker symbol anywhere: two instructions; changes {@code ra}. */
    void call(String symbol);

    /** Jumps to a linker symbol anywhere: two instructions; changes {@code t1}. */
    void tail(String symbol);

    /** Four bytes of data. */
    void word(int value);

    /** Eight bytes of data. */
    void dword(long value);

    /** The 64-bit address of a symbol plus {@code addend}, as data. */
    void addressOf(String symbol, long addend);

    /** The 64-bit distance in bytes from {@code from} to {@code to}, as data; both get bound. */
    void distance(Label from, Label to);

    /** Text in ASCII, without a terminator. */
    void ascii(String text);

    /** Appends zero bytes up to a multiple of {@code alignment}, a power of two. */
    void align(int alignment);

    /** Appends zero bytes up to {@code offset} from the start of the template. */
    void padTo(int offset);

    /** {@code rd = rs}. */
    default void mv(Register rd, Register rs) {
        addi(rd, rs, 0);
    }

    /** Does nothing. */
    default void nop() {
        addi(Register.ZERO, Register.ZERO, 0);
    }

    /** {@code rd = -rs}. */
    default void neg(Register rd, Register rs) {
        sub(rd, Register.ZERO, rs);
    }

    /** {@code rd = ~rs}. */
    default void not(Register rd, Register rs) {
        xori(rd, rs, -1);
    }

    /** Jumps when {@code rs == 0}. */
    default void beqz(Register rs, Label target) {
        beq(rs, Register.ZERO, target);
    }

    /** Jumps when {@code rs != 0}. */
    default void bnez(Register rs, Label target) {
        bne(rs, Register.ZERO, target);
    }

    /** Jumps within 1 MiB. */
    default void j(Label target) {
        jal(Register.ZERO, target);
    }

    /** Jumps to the address in {@code rs}. */
    default void jr(Register rs) {
        jalr(Register.ZERO, 0, rs);
    }

    /** Calls the function at the address in {@code rs}. */
    default void jalr(Register rs) {
        jalr(Register.RA, 0, rs);
    }

    /** Returns to {@code ra}. */
    default void ret() {
        jr(Register.RA);
    }

    /** {@code rd = csr}. */
    default void csrr(Register rd, int csr) {
        csrrs(rd, csr, Register.ZERO);
    }

    /** {@code csr = rs}. */
    default void csrw(int csr, Register rs) {
        csrrw(Register.ZERO, csr, rs);
    }

    /** {@code csr |= rs}. */
    default void csrs(int csr, Register rs) {
        csrrs(Register.ZERO, csr, rs);
    }

    /** {@code csr &= ~rs}. */
    default void csrc(int csr, Register rs) {
        csrrc(Register.ZERO, csr, rs);
    }
}
