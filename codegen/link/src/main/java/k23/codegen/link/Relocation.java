package k23.codegen.link;

import java.util.Objects;

/**
 * A place in a definition's bytes that depends on an address known only after placing. The
 * computations are those of the RISC-V ELF psABI, section "Relocations".
 *
 * @param offset where, in bytes from the definition's start
 * @param kind   what is to be computed and how it is written
 * @param target the symbol that is referred to; empty for {@link Kind#PCREL_LO12_I} and
 *               {@link Kind#PCREL_LO12_S}
 * @param addend bytes added to the target's address; for the two {@code LO12} kinds the offset
 *               of the {@code auipc} that they complete, in the same definition
 */
public record Relocation(int offset, Kind kind, String target, long addend) {

    /** How the place is computed and encoded; {@code bytes} is the width of the place. */
    public enum Kind {
        /** An {@code auipc}+{@code jalr} pair: call or tail call, ±2 GiB. */
        CALL_PLT(8),
        /**
         * An {@code auipc} whose {@code LO12_I} partner is an {@code ld} from the global offset
         * table. There is no such table here: the linker rewrites the {@code ld} to an
         * {@code addi}, so that the pair computes the address itself.
         */
        GOT_HI20(4),
        /** An {@code auipc} that gets the upper part of a pc-relative address. */
        PCREL_HI20(4),
        /** Lower 12 bits for an I-type instruction ({@code addi}, loads, {@code jalr}). */
        PCREL_LO12_I(4),
        /** Lower 12 bits for an S-type instruction (stores). */
        PCREL_LO12_S(4),
        /** A 64-bit address; in a position-independent image it becomes R_RISCV_RELATIVE. */
        ABS64(8),
        /** A 32-bit address; only where the addresses are fixed. */
        ABS32(4),
        /** A 32-bit signed distance from the place itself. */
        PCREL32(4),
        /** A conditional branch, ±4 KiB. */
        BRANCH(4),
        /** A {@code jal}, ±1 MiB. */
        JAL(4);

        private final int bytes;

        Kind(int bytes) {
            this.bytes = bytes;
        }

        /** Width of the place in bytes. */
        public int bytes() {
            return bytes;
        }

        boolean isLow12() {
            return this == PCREL_LO12_I || this == PCREL_LO12_S;
        }
    }

    /** Checks what can be checked without the definition. */
    public Relocation {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(target, "target");
        if (offset < 0) {
            throw new IllegalArgumentException("negative offset " + offset);
        }
        if (kind.isLow12() != target.isEmpty()) {
            throw new IllegalArgumentException(kind + " with target '" + target + "'");
        }
    }

    /** A call through {@code auipc}+{@code jalr} at {@code offset}. */
    public static Relocation callPlt(int offset, String target) {
        return new Relocation(offset, Kind.CALL_PLT, target, 0);
    }

    /** An {@code auipc} of an {@code auipc}+{@code ld} pair. */
    public static Relocation gotHi20(int offset, String target, long addend) {
        return new Relocation(offset, Kind.GOT_HI20, target, addend);
    }

    /** An {@code auipc} with the upper part of a pc-relative address. */
    public static Relocation pcrelHi20(int offset, String target, long addend) {
        return new Relocation(offset, Kind.PCREL_HI20, target, addend);
    }

    /** The I-type partner of the {@code auipc} at {@code auipcOffset}. */
    public static Relocation pcrelLo12I(int offset, int auipcOffset) {
        return new Relocation(offset, Kind.PCREL_LO12_I, "", auipcOffset);
    }

    /** The S-type partner of the {@code auipc} at {@code auipcOffset}. */
    public static Relocation pcrelLo12S(int offset, int auipcOffset) {
        return new Relocation(offset, Kind.PCREL_LO12_S, "", auipcOffset);
    }

    /** A 64-bit address in data. */
    public static Relocation abs64(int offset, String target, long addend) {
        return new Relocation(offset, Kind.ABS64, target, addend);
    }

    /** A signed 32-bit distance from the place to the target. */
    public static Relocation pcrel32(int offset, String target, long addend) {
        return new Relocation(offset, Kind.PCREL32, target, addend);
    }
}
