package k23.codegen.link;

import java.util.List;

/**
 * A local variable or parameter, and where its value is.
 *
 * @param name        its name
 * @param type        its type
 * @param isParameter whether the method's caller sets it
 * @param method      the method that declares it, as locations name it
 * @param inlinedAt   where that method was called, if it was inlined, else null
 * @param pieces      its words, by ascending offset; what is between them has no value
 */
public record DebugVariable(String name, DebugType type, boolean isParameter, String method,
        Location inlinedAt, List<Piece> pieces) {
    /** Copies the list. */
    public DebugVariable {
        pieces = List.copyOf(pieces);
    }

    /** Whether a part of it is anywhere while code between two offsets runs. */
    boolean isIn(long from, long to) {
        return pieces.stream().flatMap(piece -> piece.ranges().stream())
                .anyMatch(range -> range.start() < to && range.end() > from);
    }

    /** Where a value is. */
    public sealed interface Place {
        /**
         * In a register.
         *
         * @param number its DWARF number
         */
        record Register(int number) implements Place {}

        /**
         * In the frame.
         *
         * @param offset from the canonical frame address
         */
        record Frame(int offset) implements Place {}

        /**
         * Nowhere: it is known.
         *
         * @param bits the value
         */
        record Constant(long bits) implements Place {}
    }

    /**
     * One word of a variable.
     *
     * @param offset from the variable's start
     * @param bytes  how many bytes of the word count
     * @param ranges where it is while which code runs
     */
    public record Piece(int offset, int bytes, List<Range> ranges) {
        /** Copies the list. */
        public Piece {
            ranges = List.copyOf(ranges);
        }

        /** Where it is at {@code offset} of the function's code, or null. */
        Place at(long codeOffset) {
            return ranges.stream().filter(r -> r.start <= codeOffset && codeOffset < r.end)
                    .map(Range::place).findFirst().orElse(null);
        }
    }

    /**
     * Code in which a word has a place.
     *
     * @param start offset of its first byte from the function's start
     * @param end   offset behind its last byte
     * @param place the place
     */
    public record Range(int start, int end, Place place) {}
}
