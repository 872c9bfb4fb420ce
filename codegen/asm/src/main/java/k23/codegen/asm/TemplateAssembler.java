package k23.codegen.asm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import k23.codegen.link.Definition;
import k23.codegen.link.InnerSymbol;
import k23.codegen.link.Relocation;
import k23.codegen.link.Section;
import k23.sdk.asm.Assembler;
import k23.sdk.asm.Label;
import k23.sdk.asm.Register;

/**
 * Encodes one template. Formats and opcodes are those of the RISC-V Unprivileged Specification,
 * chapter "RV32/64G Instruction Set Listings".
 */
public final class TemplateAssembler implements Assembler {
    private static final int OP = 0x33;
    private static final int OP_32 = 0x3b;
    private static final int OP_IMM = 0x13;
    private static final int OP_IMM_32 = 0x1b;
    private static final int LOAD = 0x03;
    private static final int LOAD_FP = 0x07;
    private static final int STORE = 0x23;
    private static final int STORE_FP = 0x27;
    private static final int BRANCH = 0x63;
    private static final int JAL = 0x6f;
    private static final int JALR = 0x67;
    private static final int LUI = 0x37;
    private static final int AUIPC = 0x17;
    private static final int SYSTEM = 0x73;
    private static final int MISC_MEM = 0x0f;
    private static final int AMO = 0x2f;
    private static final int AQRL = 0b11;

    /** A label of this assembler; its offset is -1 until it is bound. */
    private static final class Place implements Label {
        private int offset = -1;
    }

    private enum Patch { BRANCH, JAL, ADDRESS, DISTANCE }

    private record Fixup(Patch patch, int at, Place from, Place target) {}

    private final String symbol;
    private final List<Fixup> fixups = new ArrayList<>();
    private final List<Relocation> relocations = new ArrayList<>();
    private final List<InnerSymbol> symbols = new ArrayList<>();
    private byte[] bytes = new byte[256];
    private int size;

    /** An assembler for the template that defines {@code symbol}. */
    public TemplateAssembler(String symbol) {
        this.symbol = symbol;
    }

    /** Resolves all labels and makes the definition: global code in {@code .text}, 16-aligned. */
    public Definition finish() {
        fixups.forEach(this::apply);
        Definition.Builder builder = Definition.function(symbol, Arrays.copyOf(bytes, size))
                .section(Section.TEXT).alignment(16).global().relocations(relocations);
        symbols.forEach(inner -> builder.inner(inner.name(), inner.offset()));
        return builder.build();
    }

    private void apply(Fixup fixup) {
        if (fixup.target.offset < 0 || fixup.from != null && fixup.from.offset < 0) {
            throw error(fixup.at, "label was never bound");
        }
        int distance = fixup.target.offset - fixup.at;
        switch (fixup.patch) {
            case BRANCH -> {
                require(fixup.at, fits(distance, 13), "branch over " + distance + " bytes");
                patch(fixup.at, (distance >> 12 & 1) << 31 | (distance >> 5 & 0x3f) << 25
                        | (distance >> 1 & 0xf) << 8 | (distance >> 11 & 1) << 7);
            }
            case JAL -> {
                require(fixup.at, fits(distance, 21), "jump over " + distance + " bytes");
                patch(fixup.at, (distance >> 20 & 1) << 31 | (distance >> 1 & 0x3ff) << 21
                        | (distance >> 11 & 1) << 20 | (distance >> 12 & 0xff) << 12);
            }
            case ADDRESS -> {
                patch(fixup.at, distance + 0x800 & 0xfffff000);
                patch(fixup.at + 4, distance << 20);
            }
            case DISTANCE -> {
                long value = fixup.target.offset - fixup.from.offset;
                for (int i = 0; i < 8; i++) {
                    bytes[fixup.at + i] = (byte) (value >> 8 * i);
                }
            }
        }
    }

    private void patch(int at, int bits) {
        for (int i = 0; i < 4; i++) {
            bytes[at + i] |= (byte) (bits >> 8 * i);
        }
    }

    private AssemblyException error(int at, String what) {
        return new AssemblyException(symbol, at, what);
    }

    private void require(int at, boolean holds, String what) {
        if (!holds) {
            throw error(at, what);
        }
    }

    private static boolean fits(long value, int bits) {
        return value >= -(1L << bits - 1) && value < 1L << bits - 1;
    }

    private void append(int value) {
        if (size + 4 > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        for (int i = 0; i < 4; i++) {
            bytes[size++] = (byte) (value >> 8 * i);
        }
    }

    private static int funct3(int value) {
        return value << 12;
    }

    private void typeR(int opcode, int f3, int f7, Register rd, Register rs1, Register rs2) {
        append(opcode | rd.number() << 7 | funct3(f3) | rs1.number() << 15
                | rs2.number() << 20 | f7 << 25);
    }

    private void typeI(int opcode, int f3, int rd, Register rs1, int immediate) {
        require(size, fits(immediate, 12), "immediate " + immediate + " has more than 12 bits");
        append(opcode | rd << 7 | funct3(f3) | rs1.number() << 15 | immediate << 20);
    }

    private void typeS(int opcode, int f3, int source, int offset, Register base) {
        require(size, fits(offset, 12), "offset " + offset + " has more than 12 bits");
        append(opcode | (offset & 0x1f) << 7 | funct3(f3) | base.number() << 15 | source << 20
                | offset >> 5 << 25);
    }

    private void shift(int f3, int upper, Register rd, Register rs1, int amount) {
        require(size, amount >= 0 && amount < 64, "shift by " + amount);
        append(OP_IMM | rd.number() << 7 | funct3(f3) | rs1.number() << 15 | amount << 20
                | upper << 26);
    }

    private void branch(int f3, Register rs1, Register rs2, Label target) {
        fixups.add(new Fixup(Patch.BRANCH, size, null, (Place) target));
        append(BRANCH | funct3(f3) | rs1.number() << 15 | rs2.number() << 20);
    }

    private void typeU(int opcode, Register rd, int upper) {
        require(size, fits(upper, 21) && upper < 1 << 20, "upper part " + upper);
        append(opcode | rd.number() << 7 | upper << 12);
    }

    private void amo(int f5, int f3, Register rd, Register source, Register address) {
        typeR(AMO, f3, f5 << 2 | AQRL, rd, address, source);
    }

    @Override
    public Label label() {
        return new Place();
    }

    @Override
    public void bind(Label label) {
        Place place = (Place) label;
        require(size, place.offset < 0, "label is bound twice");
        place.offset = size;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void symbol(String name) {
        symbols.add(new InnerSymbol(name, size));
    }

    @Override
    public void add(Register rd, Register rs1, Register rs2) {
        typeR(OP, 0, 0, rd, rs1, rs2);
    }

    @Override
    public void sub(Register rd, Register rs1, Register rs2) {
        typeR(OP, 0, 0x20, rd, rs1, rs2);
    }

    @Override
    public void and(Register rd, Register rs1, Register rs2) {
        typeR(OP, 7, 0, rd, rs1, rs2);
    }

    @Override
    public void or(Register rd, Register rs1, Register rs2) {
        typeR(OP, 6, 0, rd, rs1, rs2);
    }

    @Override
    public void xor(Register rd, Register rs1, Register rs2) {
        typeR(OP, 4, 0, rd, rs1, rs2);
    }

    @Override
    public void sll(Register rd, Register rs1, Register rs2) {
        typeR(OP, 1, 0, rd, rs1, rs2);
    }

    @Override
    public void srl(Register rd, Register rs1, Register rs2) {
        typeR(OP, 5, 0, rd, rs1, rs2);
    }

    @Override
    public void sra(Register rd, Register rs1, Register rs2) {
        typeR(OP, 5, 0x20, rd, rs1, rs2);
    }

    @Override
    public void slt(Register rd, Register rs1, Register rs2) {
        typeR(OP, 2, 0, rd, rs1, rs2);
    }

    @Override
    public void sltu(Register rd, Register rs1, Register rs2) {
        typeR(OP, 3, 0, rd, rs1, rs2);
    }

    @Override
    public void mul(Register rd, Register rs1, Register rs2) {
        typeR(OP, 0, 1, rd, rs1, rs2);
    }

    @Override
    public void mulhu(Register rd, Register rs1, Register rs2) {
        typeR(OP, 3, 1, rd, rs1, rs2);
    }

    @Override
    public void divu(Register rd, Register rs1, Register rs2) {
        typeR(OP, 5, 1, rd, rs1, rs2);
    }

    @Override
    public void remu(Register rd, Register rs1, Register rs2) {
        typeR(OP, 7, 1, rd, rs1, rs2);
    }

    @Override
    public void addw(Register rd, Register rs1, Register rs2) {
        typeR(OP_32, 0, 0, rd, rs1, rs2);
    }

    @Override
    public void subw(Register rd, Register rs1, Register rs2) {
        typeR(OP_32, 0, 0x20, rd, rs1, rs2);
    }

    @Override
    public void addi(Register rd, Register rs1, int immediate) {
        typeI(OP_IMM, 0, rd.number(), rs1, immediate);
    }

    @Override
    public void addiw(Register rd, Register rs1, int immediate) {
        typeI(OP_IMM_32, 0, rd.number(), rs1, immediate);
    }

    @Override
    public void andi(Register rd, Register rs1, int immediate) {
        typeI(OP_IMM, 7, rd.number(), rs1, immediate);
    }

    @Override
    public void ori(Register rd, Register rs1, int immediate) {
        typeI(OP_IMM, 6, rd.number(), rs1, immediate);
    }

    @Override
    public void xori(Register rd, Register rs1, int immediate) {
        typeI(OP_IMM, 4, rd.number(), rs1, immediate);
    }

    @Override
    public void slti(Register rd, Register rs1, int immediate) {
        typeI(OP_IMM, 2, rd.number(), rs1, immediate);
    }

    @Override
    public void sltiu(Register rd, Register rs1, int immediate) {
        typeI(OP_IMM, 3, rd.number(), rs1, immediate);
    }

    @Override
    public void slli(Register rd, Register rs1, int immediate) {
        shift(1, 0, rd, rs1, immediate);
    }

    @Override
    public void srli(Register rd, Register rs1, int immediate) {
        shift(5, 0, rd, rs1, immediate);
    }

    @Override
    public void srai(Register rd, Register rs1, int immediate) {
        shift(5, 0x10, rd, rs1, immediate);
    }

    @Override
    public void lb(Register rd, int offset, Register base) {
        typeI(LOAD, 0, rd.number(), base, offset);
    }

    @Override
    public void lbu(Register rd, int offset, Register base) {
        typeI(LOAD, 4, rd.number(), base, offset);
    }

    @Override
    public void lh(Register rd, int offset, Register base) {
        typeI(LOAD, 1, rd.number(), base, offset);
    }

    @Override
    public void lhu(Register rd, int offset, Register base) {
        typeI(LOAD, 5, rd.number(), base, offset);
    }

    @Override
    public void lw(Register rd, int offset, Register base) {
        typeI(LOAD, 2, rd.number(), base, offset);
    }

    @Override
    public void lwu(Register rd, int offset, Register base) {
        typeI(LOAD, 6, rd.number(), base, offset);
    }

    @Override
    public void ld(Register rd, int offset, Register base) {
        typeI(LOAD, 3, rd.number(), base, offset);
    }

    @Override
    public void sb(Register source, int offset, Register base) {
        typeS(STORE, 0, source.number(), offset, base);
    }

    @Override
    public void sh(Register source, int offset, Register base) {
        typeS(STORE, 1, source.number(), offset, base);
    }

    @Override
    public void sw(Register source, int offset, Register base) {
        typeS(STORE, 2, source.number(), offset, base);
    }

    @Override
    public void sd(Register source, int offset, Register base) {
        typeS(STORE, 3, source.number(), offset, base);
    }

    @Override
    public void fld(int floatRegister, int offset, Register base) {
        typeI(LOAD_FP, 3, floatRegister, base, offset);
    }

    @Override
    public void fsd(int floatRegister, int offset, Register base) {
        typeS(STORE_FP, 3, floatRegister, offset, base);
    }

    @Override
    public void beq(Register rs1, Register rs2, Label target) {
        branch(0, rs1, rs2, target);
    }

    @Override
    public void bne(Register rs1, Register rs2, Label target) {
        branch(1, rs1, rs2, target);
    }

    @Override
    public void blt(Register rs1, Register rs2, Label target) {
        branch(4, rs1, rs2, target);
    }

    @Override
    public void bge(Register rs1, Register rs2, Label target) {
        branch(5, rs1, rs2, target);
    }

    @Override
    public void bltu(Register rs1, Register rs2, Label target) {
        branch(6, rs1, rs2, target);
    }

    @Override
    public void bgeu(Register rs1, Register rs2, Label target) {
        branch(7, rs1, rs2, target);
    }

    @Override
    public void jalr(Register rd, int offset, Register base) {
        typeI(JALR, 0, rd.number(), base, offset);
    }

    @Override
    public void csrrw(Register rd, int csr, Register rs1) {
        append(SYSTEM | rd.number() << 7 | funct3(1) | rs1.number() << 15 | csr << 20);
    }

    @Override
    public void csrrs(Register rd, int csr, Register rs1) {
        append(SYSTEM | rd.number() << 7 | funct3(2) | rs1.number() << 15 | csr << 20);
    }

    @Override
    public void csrrc(Register rd, int csr, Register rs1) {
        append(SYSTEM | rd.number() << 7 | funct3(3) | rs1.number() << 15 | csr << 20);
    }

    @Override
    public void ecall() {
        append(SYSTEM);
    }

    @Override
    public void ebreak() {
        append(SYSTEM | 1 << 20);
    }

    @Override
    public void sret() {
        append(SYSTEM | 0x102 << 20);
    }

    @Override
    public void mret() {
        append(SYSTEM | 0x302 << 20);
    }

    @Override
    public void wfi() {
        append(SYSTEM | 0x105 << 20);
    }

    @Override
    public void fence() {
        append(MISC_MEM | 0xff << 20);
    }

    @Override
    public void fenceI() {
        append(MISC_MEM | funct3(1));
    }

    @Override
    public void sfenceVma() {
        append(SYSTEM | 0x09 << 25);
    }

    @Override
    public void illegal() {
        append(0);
    }

    @Override
    public void lrD(Register rd, Register address) {
        amo(0b00010, 3, rd, Register.ZERO, address);
    }

    @Override
    public void scD(Register rd, Register source, Register address) {
        amo(0b00011, 3, rd, source, address);
    }

    @Override
    public void amoaddD(Register rd, Register source, Register address) {
        amo(0b00000, 3, rd, source, address);
    }

    @Override
    public void amoswapD(Register rd, Register source, Register address) {
        amo(0b00001, 3, rd, source, address);
    }

    @Override
    public void amoaddW(Register rd, Register source, Register address) {
        amo(0b00000, 2, rd, source, address);
    }

    @Override
    public void amoswapW(Register rd, Register source, Register address) {
        amo(0b00001, 2, rd, source, address);
    }
    @Override
    public void lui(Register rd, int upper) {
        typeU(LUI, rd, upper);
    }

    @Override
    public void auipc(Register rd, int upper) {
        typeU(AUIPC, rd, upper);
    }

    @Override
    public void jal(Register rd, Label target) {
        fixups.add(new Fixup(Patch.JAL, size, null, (Place) target));
        append(JAL | rd.number() << 7);
    }

    @Override
    public void li(Register rd, long value) {
        if (fits(value, 12)) {
            addi(rd, Register.ZERO, (int) value);
        } else if (fits(value, 32)) {
            int low = (int) (value << 52 >> 52);
            lui(rd, (int) (value - low >> 12) & 0xfffff);
            if (low != 0) {
                addiw(rd, rd, low);
            }
        } else {
            int low = (int) (value << 52 >> 52);
            long high = value - low >> 12;
            int shift = 12 + Long.numberOfTrailingZeros(high);
            li(rd, high >> shift - 12);
            slli(rd, rd, shift);
            if (low != 0) {
                addi(rd, rd, low);
            }
        }
    }

    @Override
    public void la(Register rd, String target) {
        relocations.add(Relocation.pcrelHi20(size, target, 0));
        relocations.add(Relocation.pcrelLo12I(size + 4, size));
        auipc(rd, 0);
        addi(rd, rd, 0);
    }

    @Override
    public void la(Register rd, Label target) {
        fixups.add(new Fixup(Patch.ADDRESS, size, null, (Place) target));
        auipc(rd, 0);
        addi(rd, rd, 0);
    }

    @Override
    public void call(String target) {
        relocations.add(Relocation.callPlt(size, target));
        auipc(Register.RA, 0);
        jalr(Register.RA, 0, Register.RA);
    }

    @Override
    public void tail(String target) {
        relocations.add(Relocation.callPlt(size, target));
        auipc(Register.T1, 0);
        jalr(Register.ZERO, 0, Register.T1);
    }

    @Override
    public void word(int value) {
        append(value);
    }

    @Override
    public void dword(long value) {
        append((int) value);
        append((int) (value >>> 32));
    }

    @Override
    public void addressOf(String target, long addend) {
        relocations.add(Relocation.abs64(size, target, addend));
        dword(0);
    }

    @Override
    public void distance(Label from, Label to) {
        fixups.add(new Fixup(Patch.DISTANCE, size, (Place) from, (Place) to));
        dword(0);
    }

    @Override
    public void ascii(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, size);
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        size = out.size();
        bytes = Arrays.copyOf(out.toByteArray(), Math.max(2 * size, 256));
    }

    @Override
    public void align(int alignment) {
        require(size, Integer.bitCount(alignment) == 1, "alignment " + alignment);
        padTo(size + alignment - 1 & -alignment);
    }

    @Override
    public void padTo(int offset) {
        require(size, offset >= size, "already behind offset " + offset);
        if (offset + 4 > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * offset + 4);
        }
        size = offset;
    }
}
