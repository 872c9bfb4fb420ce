package k23.sdk.asm;

/**
 * Emits the code of one symbol, instruction by instruction; and the pseudo-instructions of the
 * RISC-V Assembly Programmer's Manual. An operand out of its range is an error that names the
 * template's line.
 */
public interface Assembler extends IntegerInstructions, AtomicInstructions, SystemInstructions,
        FloatInstructions, DataDirectives {

    /** A label that is not placed yet; messages show its name. */
    Label label(String name);

    /** A label that is not placed yet. */
    default Label label() {
        return label("label");
    }

    /** Places a label here. A label is placed once. */
    void bind(Label label);

    /** rd = value, in one to eight instructions; no other register changes. */
    void li(Register rd, long value);

    /** rd = address of a symbol, pc-relative; ±2 GiB. */
    void la(Register rd, String symbol);

    /** rd = address of a label, pc-relative. */
    void la(Register rd, Label label);

    /** Calls a symbol with the C calling convention; ra changes. ±2 GiB. */
    void call(String symbol);

    /** Jumps to a symbol for good; t1 changes. ±2 GiB. */
    void tail(String symbol);

    /** A label placed here. */
    default Label here() {
        Label label = label();
        bind(label);
        return label;
    }

    /** Does nothing. */
    default void nop() {
        addi(Register.ZERO, Register.ZERO, 0);
    }

    /** rd = rs. */
    default void mv(Register rd, Register rs) {
        addi(rd, rs, 0);
    }

    /** rd = ~rs. */
    default void not(Register rd, Register rs) {
        xori(rd, rs, -1);
    }

    /** rd = -rs. */
    default void neg(Register rd, Register rs) {
        sub(rd, Register.ZERO, rs);
    }

    /** rd = the low 32 bits of rs, sign-extended. */
    default void sextW(Register rd, Register rs) {
        addiw(rd, rs, 0);
    }

    /** rd = rs == 0, 1 or 0. */
    default void seqz(Register rd, Register rs) {
        sltiu(rd, rs, 1);
    }

    /** rd = rs != 0, 1 or 0. */
    default void snez(Register rd, Register rs) {
        sltu(rd, Register.ZERO, rs);
    }

    /** Branches when rs == 0. */
    default void beqz(Register rs, Label target) {
        beq(rs, Register.ZERO, target);
    }

    /** Branches when rs != 0. */
    default void bnez(Register rs, Label target) {
        bne(rs, Register.ZERO, target);
    }

    /** Branches when rs < 0. */
    default void bltz(Register rs, Label target) {
        blt(rs, Register.ZERO, target);
    }

    /** Branches when rs >= 0. */
    default void bgez(Register rs, Label target) {
        bge(rs, Register.ZERO, target);
    }

    /** Branches when rs <= 0. */
    default void blez(Register rs, Label target) {
        bge(Register.ZERO, rs, target);
    }

    /** Branches when rs > 0. */
    default void bgtz(Register rs, Label target) {
        blt(Register.ZERO, rs, target);
    }

    /** Branches when rs1 > rs2 unsigned. */
    default void bgtu(Register rs1, Register rs2, Label target) {
        bltu(rs2, rs1, target);
    }

    /** Branches when rs1 <= rs2 unsigned. */
    default void bleu(Register rs1, Register rs2, Label target) {
        bgeu(rs2, rs1, target);
    }

    /** Jumps. */
    default void j(Label target) {
        jal(Register.ZERO, target);
    }

    /** Calls a label of the same symbol; ra changes. */
    default void call(Label target) {
        jal(Register.RA, target);
    }

    /** Jumps to the address in rs. */
    default void jr(Register rs) {
        jalr(Register.ZERO, 0, rs);
    }

    /** Calls the address in rs; ra changes. */
    default void jalr(Register rs) {
        jalr(Register.RA, 0, rs);
    }

    /** Returns. */
    default void ret() {
        jalr(Register.ZERO, 0, Register.RA);
    }

    /** rd = csr. */
    default void csrr(Register rd, int csr) {
        csrrs(rd, csr, Register.ZERO);
    }

    /** csr = rs. */
    default void csrw(int csr, Register rs) {
        csrrw(Register.ZERO, csr, rs);
    }

    /** csr |= rs. */
    default void csrs(int csr, Register rs) {
        csrrs(Register.ZERO, csr, rs);
    }

    /** csr &= ~rs. */
    default void csrc(int csr, Register rs) {
        csrrc(Register.ZERO, csr, rs);
    }

    /** csr = immediate, 0 to 31. */
    default void csrwi(int csr, int immediate) {
        csrrwi(Register.ZERO, csr, immediate);
    }

    /** csr |= immediate, 0 to 31. */
    default void csrsi(int csr, int immediate) {
        csrrsi(Register.ZERO, csr, immediate);
    }

    /** csr &= ~immediate, 0 to 31. */
    default void csrci(int csr, int immediate) {
        csrrci(Register.ZERO, csr, immediate);
    }

    /** Orders page-table writes before all translations. */
    default void sfenceVma() {
        sfenceVma(Register.ZERO, Register.ZERO);
    }

    /** Orders all accesses before all accesses behind: fence iorw, iorw. */
    default void fence() {
        fence(FENCE_ALL, FENCE_ALL);
    }

    /** Loads a word and reserves its address, fully ordered. */
    default void lrW(Register rd, Register address) {
        lrW(rd, address, Ordering.ACQUIRE_RELEASE);
    }

    /** Loads a doubleword and reserves its address, fully ordered. */
    default void lrD(Register rd, Register address) {
        lrD(rd, address, Ordering.ACQUIRE_RELEASE);
    }

    /** Stores a word if the reservation holds, fully ordered; rd = 0 then. */
    default void scW(Register rd, Register source, Register address) {
        scW(rd, source, address, Ordering.ACQUIRE_RELEASE);
    }

    /** Stores a doubleword if the reservation holds, fully ordered; rd = 0 then. */
    default void scD(Register rd, Register source, Register address) {
        scD(rd, source, address, Ordering.ACQUIRE_RELEASE);
    }

    /** Adds to a word atomically, fully ordered; rd = the value before. */
    default void amoaddW(Register rd, Register source, Register address) {
        amoaddW(rd, source, address, Ordering.ACQUIRE_RELEASE);
    }

    /** Adds to a doubleword atomically, fully ordered; rd = the value before. */
    default void amoaddD(Register rd, Register source, Register address) {
        amoaddD(rd, source, address, Ordering.ACQUIRE_RELEASE);
    }

    /** Exchanges a word atomically, fully ordered; rd = the value before. */
    default void amoswapW(Register rd, Register source, Register address) {
        amoswapW(rd, source, address, Ordering.ACQUIRE_RELEASE);
    }

    /** Exchanges a doubleword atomically, fully ordered; rd = the value before. */
    default void amoswapD(Register rd, Register source, Register address) {
        amoswapD(rd, source, address, Ordering.ACQUIRE_RELEASE);
    }

    /** Loads a double from base + offset to f0 to f31. */
    default void fld(int register, int offset, Register base) {
        fld(FloatRegister.f(register), offset, base);
    }

    /** Stores the double in f0 to f31 at base + offset. */
    default void fsd(int register, int offset, Register base) {
        fsd(FloatRegister.f(register), offset, base);
    }

    /** The zero word, an instruction that always traps. */
    default void illegal() {
        word(0);
    }
}
