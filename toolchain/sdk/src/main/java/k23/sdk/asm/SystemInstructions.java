package k23.sdk.asm;

/** Zicsr, Zifencei and the privileged instructions. */
public interface SystemInstructions {
    /** Fence bit: device input. */
    int FENCE_IN = 8;

    /** Fence bit: device output. */
    int FENCE_OUT = 4;

    /** Fence bit: memory reads. */
    int FENCE_READ = 2;

    /** Fence bit: memory writes. */
    int FENCE_WRITE = 1;

    /** All four fence bits. */
    int FENCE_ALL = 15;

    /** rd = csr, csr = rs1; csr 0 to 4095, see {@link k23.sdk.riscv.Csr}. */
    void csrrw(Register rd, int csr, Register rs1);

    /** rd = csr, csr |= rs1; csr 0 to 4095, see {@link k23.sdk.riscv.Csr}. */
    void csrrs(Register rd, int csr, Register rs1);

    /** rd = csr, csr &= ~rs1; csr 0 to 4095, see {@link k23.sdk.riscv.Csr}. */
    void csrrc(Register rd, int csr, Register rs1);

    /** rd = csr, csr = immediate; immediate 0 to 31. */
    void csrrwi(Register rd, int csr, int immediate);

    /** rd = csr, csr |= immediate; immediate 0 to 31. */
    void csrrsi(Register rd, int csr, int immediate);

    /** rd = csr, csr &= ~immediate; immediate 0 to 31. */
    void csrrci(Register rd, int csr, int immediate);

    /** Calls the execution environment: user to kernel, kernel to firmware. */
    void ecall();

    /** Breakpoint. */
    void ebreak();

    /** Returns from a supervisor trap. */
    void sret();

    /** Returns from a machine trap. */
    void mret();

    /** Waits for an interrupt. */
    void wfi();

    /** Orders page-table writes before translations of the address in rs1 (ZERO: all) in the
     * address space in rs2 (ZERO: all). */
    void sfenceVma(Register rs1, Register rs2);

    /** Orders accesses; each argument is a set of {@link #FENCE_IN}, _OUT, _READ, _WRITE bits. */
    void fence(int predecessors, int successors);

    /** Orders this hart's stores before its instruction fetches. */
    void fenceI();

    /** The 32-bit word that no hart executes: csrrw zero, cycle, zero. */
    void unimp();
}
