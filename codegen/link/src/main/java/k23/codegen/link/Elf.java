package k23.codegen.link;

/** Constants of ELF64 (System V gABI, chapters 4 and 5) and of the RISC-V ELF psABI. */
final class Elf {
    static final int HEADER_BYTES = 64;
    static final int PROGRAM_HEADER_BYTES = 56;
    static final int SECTION_HEADER_BYTES = 64;
    static final int SYMBOL_BYTES = 24;

    static final int ET_EXEC = 2;
    static final int ET_DYN = 3;
    static final int EM_RISCV = 243;
    static final int EF_RISCV_RVC = 1;
    static final int EF_RISCV_FLOAT_ABI_DOUBLE = 4;

    static final int PT_LOAD = 1;
    static final int PT_DYNAMIC = 2;
    static final int PT_TLS = 7;
    static final int PT_GNU_STACK = 0x6474e551;
    static final int PT_GNU_RELRO = 0x6474e552;
    static final int PT_RISCV_ATTRIBUTES = 0x70000003;
    static final int PF_X = 1;
    static final int PF_W = 2;
    static final int PF_R = 4;

    static final int SHT_PROGBITS = 1;
    static final int SHT_SYMTAB = 2;
    static final int SHT_STRTAB = 3;
    static final int SHT_HASH = 5;
    static final int SHT_DYNAMIC = 6;
    static final int SHT_NOBITS = 8;
    static final int SHT_DYNSYM = 11;
    static final int SHT_RELR = 19;
    static final int SHT_RISCV_ATTRIBUTES = 0x70000003;
    static final long SHF_WRITE = 1;
    static final long SHF_ALLOC = 2;
    static final long SHF_EXECINSTR = 4;
    static final long SHF_TLS = 0x400;
    static final int SHN_ABS = 0xfff1;

    static final int STB_LOCAL = 0;
    static final int STB_GLOBAL = 1;
    static final int STT_NOTYPE = 0;
    static final int STT_OBJECT = 1;
    static final int STT_FUNC = 2;
    static final int STT_TLS = 6;

    static final long DT_NULL = 0;
    static final long DT_HASH = 4;
    static final long DT_STRTAB = 5;
    static final long DT_SYMTAB = 6;
    static final long DT_STRSZ = 10;
    static final long DT_SYMENT = 11;
    static final long DT_RELRSZ = 35;
    static final long DT_RELR = 36;
    static final long DT_RELRENT = 37;
    static final long DT_FLAGS_1 = 0x6ffffffbL;
    static final long DF_1_PIE = 0x08000000L;

    private Elf() { }
}
