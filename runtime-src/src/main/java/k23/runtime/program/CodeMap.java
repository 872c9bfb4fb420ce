package k23.runtime.program;

import k23.sdk.word.Span;

/**
 * Names a program's pcs by the {@code .k23.*} tables of its file. The tables are data of the
 * file: what does not fit reads as unknown.
 */
final class CodeMap {
    private static final int LINE_BYTES = 8;
    private static final int LOCATION_BYTES = 16;
    private static final int TRAP_BYTES = 12;
    private static final int FUNCTION_BYTES = 16;
    private static final int NONE = -1;

    private final long textStart;
    private final Span lines;
    private final Span locations;
    private final Span traps;
    private final Span functions;
    private final Span strings;

    CodeMap(ProgramImage image) {
        textStart = image.textStart();
        lines = image.section(".k23.lines");
        locations = image.section(".k23.locations");
        traps = image.section(".k23.traps");
        functions = image.section(".k23.functions");
        strings = image.section(".k23.strings");
    }

    /** The kind of trap of the instruction at a pc, or 0. */
    int trapKind(long pc) {
        long index = lastAtOrBelow(traps, TRAP_BYTES, pc);
        if (index < 0 || at(traps, TRAP_BYTES, index, 0) != pc - textStart) {
            return 0;
        }
        return traps.getUnsignedShort(index * TRAP_BYTES + 4);
    }

    /** The name of the WASM function that a pc belongs to; empty for other code. */
    Span function(long pc) {
        long location = location(pc);
        return location < 0 ? Span.EMPTY : string(at(locations, LOCATION_BYTES, location, 0));
    }

    /** The name of the linker's symbol that a pc belongs to. */
    Span symbol(long pc) {
        long index = lastAtOrBelow(functions, FUNCTION_BYTES, pc);
        return index < 0 ? Span.EMPTY : string(at(functions, FUNCTION_BYTES, index, 8));
    }

    /** The name of the module that a pc belongs to. */
    Span module(long pc) {
        long location = location(pc);
        return location < 0 ? Span.EMPTY : string(at(locations, LOCATION_BYTES, location, 4));
    }

    /** The offset in the module of the WASM instruction that a pc belongs to. */
    long moduleOffset(long pc) {
        long location = location(pc);
        return location < 0 ? 0 : at(locations, LOCATION_BYTES, location, 8);
    }

    private long location(long pc) {
        long line = lastAtOrBelow(lines, LINE_BYTES, pc);
        if (line < 0 || lines.getInt(line * LINE_BYTES + 4) == NONE) {
            return NONE;
        }
        long location = at(lines, LINE_BYTES, line, 4);
        return locations.contains(location * LOCATION_BYTES, LOCATION_BYTES) ? location : NONE;
    }

    /** The last entry whose first word is at most {@code pc}'s offset, or -1. */
    private long lastAtOrBelow(Span table, int entryBytes, long pc) {
        long offset = pc - textStart;
        long low = 0;
        long high = table.length() / entryBytes;
        if (offset < 0 || offset > 0xffff_ffffL) {
            return NONE;
        }
        while (low < high) {
            long middle = low + high >>> 1;
            if (at(table, entryBytes, middle, 0) <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private static long at(Span table, int entryBytes, long index, int field) {
        return Integer.toUnsignedLong(table.getInt(index * entryBytes + field));
    }

    private Span string(long offset) {
        if (!strings.contains(offset, 4)) {
            return Span.EMPTY;
        }
        long length = Integer.toUnsignedLong(strings.getInt(offset));
        return strings.contains(offset + 4, length) ? strings.slice(offset + 4, length)
                : Span.EMPTY;
    }
}
