package k23.codegen.asm;

import k23.sdk.asm.Register;

/** Instruction formats (RISC-V Unprivileged Specification, "Immediate Encoding Variants"). */
final class Encoding {
    static final int LOAD = 0x03;
    static final int LOAD_FP = 0x07;
    static final int MISC_MEM = 0x0f;
    static final int OP_IMM = 0x13;
    static final int AUIPC = 0x17;
    static final int OP_IMM_32 = 0x1b;
    static final int STORE = 0x23;
    static final int STORE_FP = 0x27;
    static final int AMO = 0x2f;
    static final int OP = 0x33;
    static final int LUI = 0x37;
    static final int OP_32 = 0x3b;
    static final int OP_FP = 0x53;
    static final int BRANCH = 0x63;
    static final int JALR = 0x67;
    static final int JAL = 0x6f;
    static final int SYSTEM = 0x73;

    private Encoding() { }

    static int r(int opcode, int funct3, int funct7, int rd, int rs1, int rs2) {
        return funct7 << 25 | rs2 << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | opcode;
    }

    static int i(int opcode, int funct3, int rd, int rs1, int immediate) {
        return immediate << 20 | rs1 << 15 | funct3 << 12 | rd << 7 | opcode;
    }

    static int s(int opcode, int funct3, int source, int base, int offset) {
        return (offset >> 5 & 0x7f) << 25 | source << 20 | base << 15 | funct3 << 12
                | (offset & 0x1f) << 7 | opcode;
    }

    static int u(int opcode, Register rd, int page) {
        return page << 12 | rd.number() << 7 | opcode;
    }

    /** The immediate bits of a B-type instruction. */
    static int branchOffset(int v) {
        return (v >> 12 & 1) << 31 | (v >> 5 & 0x3f) << 25 | (v >> 1 & 0xf) << 8
                | (v >> 11 & 1) << 7;
    }

    /** The immediate bits of a J-type instruction. */
    static int jumpOffset(int v) {
        return (v >> 20 & 1) << 31 | (v >> 1 & 0x3ff) << 21 | (v >> 11 & 1) << 20
                | (v >> 12 & 0xff) << 12;
    }
}
