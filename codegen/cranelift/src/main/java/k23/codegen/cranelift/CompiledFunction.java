package k23.codegen.cranelift;

import java.util.List;

/**
 * The machine code of one function. Offsets are in bytes from the start of {@code code}.
 *
 * @param name the function's symbol
 * @param code the instructions, with constants after them
 * @param alignment what the start must be a multiple of, in bytes; a power of two
 * @param relocations in the order of their offsets
 * @param traps in the order of their offsets
 * @param sourceRanges not overlapping, in order; code without a location is in none
 * @param labelRanges sorted by label, then by start; those of one label may overlap
 * @param frameBytes the stack that the function takes, with its frame record
 */
public record CompiledFunction(String name, byte[] code, int alignment,
                               List<Relocation> relocations, List<TrapSite> traps,
                               List<SourceRange> sourceRanges, List<LabelRange> labelRanges,
                               int frameBytes) {
    /** What a relocation refers to. */
    public sealed interface Target {
        /**
         * A symbol of the link.
         *
         * @param name its name, as the front end gave it
         */
        record Symbol(String name) implements Target {}

        /**
         * A place in this function.
         *
         * @param offset where
         */
        record Label(int offset) implements Target {}
    }

    /**
     * A place in the code that depends on an address.
     *
     * @param offset where
     * @param kind how
     * @param target whose address
     * @param addend added to the address
     */
    public record Relocation(int offset, RelocationKind kind, Target target, long addend) {}

    /**
     * An instruction that may trap.
     *
     * @param offset where
     * @param code why
     */
    public record TrapSite(int offset, TrapCode code) {}

    /**
     * Code that comes from one place of the source.
     *
     * @param start first byte
     * @param end after the last byte
     * @param location the front end's own number of that place
     */
    public record SourceRange(int start, int end, int location) {}

    /** Where a labelled value lies. */
    public sealed interface Place {
        /**
         * In a register.
         *
         * @param number the psABI's DWARF number: 0 to 31 integer, 32 to 63 floating point
         */
        record Register(int number) implements Place {}

        /**
         * In the frame.
         *
         * @param offset from the canonical frame address, which is 16 past the frame record
         */
        record Frame(int offset) implements Place {}
    }

    /**
     * Code in which a labelled value can be found.
     *
     * @param label the front end's, of {@link FunctionBuilder#label}
     * @param start first byte
     * @param end after the last byte
     * @param place where the value is
     */
    public record LabelRange(int label, int start, int end, Place place) {}

    /** Copies the lists. */
    public CompiledFunction {
        relocations = List.copyOf(relocations);
        traps = List.copyOf(traps);
        sourceRanges = List.copyOf(sourceRanges);
        labelRanges = List.copyOf(labelRanges);
    }
}
