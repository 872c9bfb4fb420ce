package k23.codegen.link;

import java.util.List;
import java.util.TreeSet;

/** {@code .debug_loclists} (DWARF 5, section 7.29): where variables are while which code runs. */
final class DebugLocations {
    private static final int START_LENGTH = 0x08;
    private static final int END_OF_LIST = 0x00;
    private static final int OP_CONSTS = 0x11;
    private static final int OP_REG0 = 0x50;
    private static final int OP_REGX = 0x90;
    private static final int OP_FBREG = 0x91;
    private static final int OP_PIECE = 0x93;
    private static final int OP_STACK_VALUE = 0x9f;
    private static final int SHORT_REGISTERS = 32;

    private final ByteSink out = new ByteSink();

    DebugLocations() {
        // Length, version, size of an address, no segments, no table of offsets.
        out.u32(0).u16(5).u8(8).u8(0).u32(0);
    }

    byte[] contents() {
        out.patch32(0, out.size() - 4);
        return out.toBytes();
    }

    /** Writes the list of {@code variable} of a function; returns its offset in the section. */
    int list(DebugSections.PlacedFunction function, DebugVariable variable) {
        int start = out.size();
        var borders = new TreeSet<Integer>();
        for (DebugVariable.Piece piece : variable.pieces()) {
            piece.ranges().forEach(range -> {
                borders.add(range.start());
                borders.add(range.end());
            });
        }
        for (int from : borders) {
            Integer to = borders.higher(from);
            byte[] place = to == null ? new byte[0] : expression(variable.pieces(), from);
            if (place.length > 0) {
                out.u8(START_LENGTH).u64(function.address() + from).uleb(to - from)
                        .uleb(place.length).raw(place);
            }
        }
        out.u8(END_OF_LIST);
        return start;
    }

    /** Where the pieces are while the code at {@code offset} runs; empty when none is anywhere. */
    private static byte[] expression(List<DebugVariable.Piece> pieces, int offset) {
        var sink = new ByteSink();
        if (pieces.stream().allMatch(piece -> piece.at(offset) == null)) {
            return new byte[0];
        }
        boolean isWhole = pieces.size() == 1 && pieces.getFirst().offset() == 0;
        int end = 0;
        for (DebugVariable.Piece piece : pieces) {
            if (piece.offset() > end) {
                sink.u8(OP_PIECE).uleb(piece.offset() - end);
            }
            place(sink, piece.at(offset));
            if (!isWhole) {
                sink.u8(OP_PIECE).uleb(piece.bytes());
            }
            end = piece.offset() + piece.bytes();
        }
        return sink.toBytes();
    }

    private static void place(ByteSink sink, DebugVariable.Place place) {
        switch (place) {
            case null -> { }
            case DebugVariable.Place.Register(int number) when number < SHORT_REGISTERS ->
                    sink.u8(OP_REG0 + number);
            case DebugVariable.Place.Register(int number) -> sink.u8(OP_REGX).uleb(number);
            case DebugVariable.Place.Frame(int offset) -> sink.u8(OP_FBREG).sleb(offset);
            case DebugVariable.Place.Constant(long bits) ->
                    sink.u8(OP_CONSTS).sleb(bits).u8(OP_STACK_VALUE);
        }
    }
}
