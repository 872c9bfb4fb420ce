package k23.sdk;

/**
 * The virtual-memory modes of RISC-V, by the number of virtual address bits (Privileged Spec,
 * section "Supervisor Address Translation and Protection").
 */
public enum Paging {
    /** 39 bits, three levels. */
    SV39(39),
    /** 48 bits, four levels. */
    SV48(48),
    /** 57 bits, five levels. */
    SV57(57);

    private final int bits;

    Paging(int bits) {
        this.bits = bits;
    }

    /** The number of virtual address bits. */
    public int bits() {
        return bits;
    }
}
