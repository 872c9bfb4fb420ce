package k23.sdk.trace;

import k23.sdk.NoAllocation;
import k23.sdk.Symbols;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/**
 * The tables that name the code of one ELF file (docs/FORMATS.md, "{@code .k23.*}").
 *
 * @param textStart the address at which {@code .text} runs
 * @param textBytes the size of the code in bytes
 * @param functions {@code .k23.functions}
 * @param lines     {@code .k23.lines}
 * @param locations {@code .k23.locations}
 * @param traps     {@code .k23.traps}
 * @param strings   {@code .k23.strings}
 */
@NoAllocation
public record CodeTables(long textStart, long textBytes, Span functions, Span lines,
        Span locations, Span traps, Span strings) {
    /** What stands in a table for "none". */
    public static final int NONE = -1;

    private static final int FUNCTION_BYTES = 16;
    private static final int LINE_BYTES = 8;
    private static final int LOCATION_BYTES = 16;
    private static final int TRAP_BYTES = 12;

    /** Tables that name nothing. */
    public static final CodeTables EMPTY = new CodeTables(
            0, 0, Span.EMPTY, Span.EMPTY, Span.EMPTY, Span.EMPTY, Span.EMPTY);

    private static final SourceLocation UNKNOWN =
            new SourceLocation(Span.EMPTY, Span.EMPTY, 0, NONE);

    /** The tables of the image that calls. */
    public static CodeTables linked() {
        long text = Symbols.addressOf("__text_start");
        return new CodeTables(text, Symbols.addressOf("__text_end") - text,
                between(Symbols.addressOf("__k23_functions_start"),
                        Symbols.addressOf("__k23_functions_end")),
                between(Symbols.addressOf("__k23_lines_start"),
                        Symbols.addressOf("__k23_lines_end")),
                between(Symbols.addressOf("__k23_locations_start"),
                        Symbols.addressOf("__k23_locations_end")),
                between(Symbols.addressOf("__k23_traps_start"),
                        Symbols.addressOf("__k23_traps_end")),
                between(Symbols.addressOf("__k23_strings_start"),
                        Symbols.addressOf("__k23_strings_end")));
    }

    private static Span between(long start, long end) {
        return new Span(new Address(start), end - start);
    }

    /**
     * The tables of the ELF64 file {@code elf}, found by its section names; empty where a section
     * is missing or the file is damaged.
     */
    public static CodeTables ofElf(Span elf) {
        ElfSections sections = ElfSections.of(elf);
        int text = sections.find(".text");
        if (text < 0) {
            return EMPTY;
        }
        return new CodeTables(sections.address(text), sections.bytes(text),
                sections.named(".k23.functions"), sections.named(".k23.lines"),
                sections.named(".k23.locations"), sections.named(".k23.traps"),
                sections.named(".k23.strings"));
    }

    /** Whether {@code pc} is code of this file. */
    public boolean contains(long pc) {
        return Long.compareUnsigned(pc - textStart, textBytes) < 0;
    }

    /** The name of the function around {@code pc}; empty when there is none. */
    public Span functionName(long pc) {
        int at = function(pc);
        return at < 0 ? Span.EMPTY : string(functions.getInt(at + 8));
    }

    /** The distance in bytes from the start of the function around {@code pc}. */
    public long functionOffset(long pc) {
        int at = function(pc);
        return at < 0 ? 0 : pc - textStart - (functions.getInt(at) & 0xffffffffL);
    }

    /** Whether both are in the same function. */
    public boolean inOneFunction(long pc, long other) {
        return function(pc) == function(other);
    }

    private int function(long pc) {
        int at = lastAtOrBelow(functions, FUNCTION_BYTES, pc);
        if (at < 0) {
            return NONE;
        }
        long into = pc - textStart - (functions.getInt(at) & 0xffffffffL);
        return into < (functions.getInt(at + 4) & 0xffffffffL) ? at : NONE;
    }

    /** The index of the location of {@code pc}, or {@link #NONE}. */
    public int locationIndex(long pc) {
        int at = lastAtOrBelow(lines, LINE_BYTES, pc);
        return at < 0 ? NONE : lines.getInt(at + 4);
    }

    /** The location with an index from {@link #locationIndex} or {@code inlinedAt}. */
    public SourceLocation location(int index) {
        long at = (index & 0xffffffffL) * LOCATION_BYTES;
        if (!locations.contains(at, LOCATION_BYTES)) {
            return UNKNOWN;
        }
        // Callers stand in front of what is inlined into them: a chain that does not go down is
        // damaged, and would never end.
        int inlinedAt = locations.getInt(at + 12);
        return new SourceLocation(string(locations.getInt(at)), string(locations.getInt(at + 4)),
                locations.getInt(at + 8),
                Integer.compareUnsigned(inlinedAt, index) < 0 ? inlinedAt : NONE);
    }

    /** What the trap table says of the instruction at {@code pc}. */
    public TrapSite trapAt(long pc) {
        int at = lastAtOrBelow(traps, TRAP_BYTES, pc);
        if (at < 0 || (traps.getInt(at) & 0xffffffffL) != pc - textStart) {
            return TrapSite.NONE;
        }
        return new TrapSite(traps.getUnsignedShort(at + 4), string(traps.getInt(at + 8)));
    }

    private Span string(int offset) {
        long at = offset & 0xffffffffL;
        if (!strings.contains(at, 4)) {
            return Span.EMPTY;
        }
        long bytes = strings.getInt(at) & 0xffffffffL;
        return strings.contains(at + 4, bytes) ? strings.slice(at + 4, bytes) : Span.EMPTY;
    }

    /** The offset of the last entry whose first word is at or below {@code pc}, or NONE. */
    private int lastAtOrBelow(Span table, int entryBytes, long pc) {
        if (!contains(pc)) {
            return NONE;
        }
        long target = pc - textStart;
        int low = 0;
        int high = (int) (table.length() / entryBytes);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if ((table.getInt((long) middle * entryBytes) & 0xffffffffL) <= target) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? NONE : (low - 1) * entryBytes;
    }
}
