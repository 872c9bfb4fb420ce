package k23.codegen.cranelift;

/**
 * How a relocation changes the code, in the order of the library's numbers; names of the RISC-V
 * psABI.
 */
public enum RelocationKind {
    /**
     * {@code R_RISCV_CALL_PLT}: {@code auipc} and {@code jalr}, together 8 bytes, call the symbol.
     */
    CALL_PLT,
    /**
     * {@code R_RISCV_GOT_HI20}: {@code auipc} whose partner, a {@link #PCREL_LO12_I} with this
     * offset as its label, loads the symbol's address from a table. A linker that places the
     * symbol itself makes the partner's {@code ld} an {@code addi} and treats this as {@code
     * R_RISCV_PCREL_HI20}.
     */
    GOT_HI20,
    /**
     * {@code R_RISCV_PCREL_LO12_I}: the low 12 bits; the target is the label of the {@code auipc}.
     */
    PCREL_LO12_I,
    /** {@code R_RISCV_64}: 8 bytes, the symbol's address. */
    ABSOLUTE_64
}
