package k23.codegen.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One function or object to link. Instances are immutable, except that {@code bytes} is not
 * copied: whoever makes a definition gives its array away.
 *
 * @param name       symbol name, unique among all definitions of the link
 * @param kind       function or object
 * @param section    where it goes
 * @param alignment  of its start, a power of two
 * @param bytes      contents; empty in {@link Section#BSS}
 * @param size       size in bytes; {@code bytes.length} except in {@link Section#BSS}
 * @param binding    whether the symbol is shown as global
 * @param keep       whether it stays although nothing refers to it
 * @param relocations places that depend on addresses, in any order
 * @param traps      instructions that may trap, in any order
 * @param ranges     source ranges by ascending offset
 * @param inner      further names inside
 * @param trapFrame  where the code runs on a trap frame, or null
 * @param variables  the local variables, for debuggers
 */
public record Definition(String name, Kind kind, Section section, int alignment, byte[] bytes,
        long size, Binding binding, boolean keep, List<Relocation> relocations,
        List<TrapSite> traps, List<SourceRange> ranges, List<InnerSymbol> inner,
        TrapFrame trapFrame, List<DebugVariable> variables) {

    /** What a symbol stands for. */
    public enum Kind { FUNCTION, OBJECT }

    /** How a symbol is shown to other tools; inside one link every name is visible. */
    public enum Binding { LOCAL, GLOBAL }

    /** Checks that the parts fit together. */
    public Definition {
        Objects.requireNonNull(name, "name");
        if (Integer.bitCount(alignment) != 1) {
            throw new IllegalArgumentException(name + ": alignment " + alignment
                    + " is not a power of two");
        }
        boolean zero = section.access() == Section.Access.ZERO;
        if (zero ? bytes.length != 0 || !relocations.isEmpty() : size != bytes.length) {
            throw new IllegalArgumentException(name + ": " + bytes.length + " bytes and "
                    + relocations.size() + " relocations for size " + size + " in "
                    + section.name());
        }
        relocations = List.copyOf(relocations);
        traps = List.copyOf(traps);
        ranges = List.copyOf(ranges);
        inner = List.copyOf(inner);
        variables = List.copyOf(variables);
        for (Relocation r : relocations) {
            require(name, r.offset() + (long) r.kind().bytes() <= size, r);
            require(name, !r.kind().isLow12() || r.addend() >= 0 && r.addend() + 4 <= size, r);
        }
        traps.forEach(t -> require(name, t.offset() < size, t));
        inner.forEach(i -> require(name, i.offset() <= size, i));
        require(name, trapFrame == null || trapFrame.end() <= size, trapFrame);
        int last = 0;
        for (SourceRange range : ranges) {
            require(name, range.offset() >= last && range.offset() <= size, range);
            last = range.offset();
        }
    }

    private static void require(String name, boolean holds, Object part) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": out of place: " + part);
        }
    }

    /** Starts a function in {@link Section#TEXT}, 4-aligned and local. */
    public static Builder function(String name, byte[] code) {
        return new Builder(name, Kind.FUNCTION, Section.TEXT, 4, code, code.length);
    }

    /** Starts a constant in {@link Section#RODATA}, 8-aligned and local. */
    public static Builder constant(String name, byte[] bytes) {
        return new Builder(name, Kind.OBJECT, Section.RODATA, 8, bytes, bytes.length);
    }

    /** Starts a variable in {@link Section#DATA}, 8-aligned and local. */
    public static Builder variable(String name, byte[] bytes) {
        return new Builder(name, Kind.OBJECT, Section.DATA, 8, bytes, bytes.length);
    }

    /** Starts a variable of {@code size} zero bytes in {@link Section#BSS}, 8-aligned, local. */
    public static Builder zero(String name, long size) {
        return new Builder(name, Kind.OBJECT, Section.BSS, 8, new byte[0], size);
    }

    /** Collects the parts of a definition. */
    public static final class Builder {
        private final String name;
        private final Kind kind;
        private Section section;
        private int alignment;
        private final byte[] bytes;
        private final long size;
        private Binding binding = Binding.LOCAL;
        private boolean keep;
        private List<Relocation> relocations = new ArrayList<>();
        private List<TrapSite> traps = new ArrayList<>();
        private List<SourceRange> ranges = new ArrayList<>();
        private final List<InnerSymbol> inner = new ArrayList<>();
        private TrapFrame trapFrame;
        private List<DebugVariable> variables = List.of();

        private Builder(String name, Kind kind, Section section, int alignment, byte[] bytes,
                long size) {
            this.name = name;
            this.kind = kind;
            this.section = section;
            this.alignment = alignment;
            this.bytes = bytes;
            this.size = size;
        }

        /** Puts it into another section. */
        public Builder section(Section value) {
            section = value;
            return this;
        }

        /** Sets the alignment in bytes, a power of two. */
        public Builder alignment(int value) {
            alignment = value;
            return this;
        }

        /** Shows the symbol as global. */
        public Builder global() {
            binding = Binding.GLOBAL;
            return this;
        }

        /** Keeps the definition although nothing refers to it. */
        public Builder keep() {
            keep = true;
            return this;
        }

        /** Adds a relocation. */
        public Builder relocation(Relocation value) {
            relocations.add(value);
            return this;
        }

        /** Sets all relocations. */
        public Builder relocations(List<Relocation> values) {
            relocations = new ArrayList<>(values);
            return this;
        }

        /** Adds a trap site. */
        public Builder trap(TrapSite value) {
            traps.add(value);
            return this;
        }

        /** Sets all trap sites. */
        public Builder traps(List<TrapSite> values) {
            traps = new ArrayList<>(values);
            return this;
        }

        /** Adds a source range; offsets ascend. */
        public Builder range(int offset, Location location) {
            ranges.add(new SourceRange(offset, location));
            return this;
        }

        /** Sets all source ranges, by ascending offset. */
        public Builder ranges(List<SourceRange> values) {
            ranges = new ArrayList<>(values);
            return this;
        }

        /** Adds a further name for a place inside. */
        public Builder inner(String symbol, long offset) {
            inner.add(new InnerSymbol(symbol, offset));
            return this;
        }

        /** Tells debuggers where the code runs on a trap frame. */
        public Builder trapFrame(TrapFrame value) {
            trapFrame = value;
            return this;
        }

        /** Sets the local variables. */
        public Builder variables(List<DebugVariable> values) {
            variables = values;
            return this;
        }

        /** Makes the definition. */
        public Definition build() {
            return new Definition(name, kind, section, alignment, bytes, size, binding, keep,
                    relocations, traps, ranges, inner, trapFrame, variables);
        }
    }
}
