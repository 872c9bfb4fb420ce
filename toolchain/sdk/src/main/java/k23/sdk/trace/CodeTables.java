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

    private static final int FUNCTION_BYTES = 12;

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
        if (!contains(pc)) {
            return NONE;
        }
        long target = pc - textStart;
        int low = 0;
        int high = (int) (functions.length() / FUNCTION_BYTES);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if ((functions.getInt((long) middle * FUNCTION_BYTES) & 0xffffffffL) <= target) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return NONE;
        }
        int at = (low - 1) * FUNCTION_BYTES;
        long into = target - (functions.getInt(at) & 0xffffffffL);
        return into < (functions.getInt(at + 4) & 0xffffffffL) ? at : NONE;
    }

    /** The index of the location of {@code pc}, or {@link #NONE}. */
    public int locationIndex(long pc) {
        BlockTable table = new BlockTable(lines);
        int target = (int) (pc - textStart);
        int block = contains(pc) ? table.find(target) : NONE;
        if (block < 0) {
            return NONE;
        }
        int at = table.key(block);
        int location = 0;
        long end = table.end(block);
        for (long offset = table.start(block); offset < end;) {
            BlockTable.Number distance = table.number(offset);
            at += distance.value();
            if (Integer.compareUnsigned(at, target) > 0) {
                break;
            }
            BlockTable.Number change = table.number(distance.next());
            location += change.signed();
            offset = change.next();
        }
        return location - 1;
    }

    /** The location with an index from {@link #locationIndex} or {@code inlinedAt}. */
    public SourceLocation location(int index) {
        BlockTable table = new BlockTable(locations);
        int block = index < 0 ? NONE : table.find(index);
        if (block < 0) {
            return UNKNOWN;
        }
        int at = table.key(block);
        int line = 0;
        long end = table.end(block);
        for (long offset = table.start(block); offset < end; at++) {
            BlockTable.Number method = table.number(offset);
            BlockTable.Number change = table.number(method.next());
            BlockTable.Number back = table.number(change.next());
            line += change.signed();
            if (at == index) {
                // Callers stand in front of what is inlined into them: a chain that does not go
                // down is damaged, and would never end.
                int caller = index - back.value();
                return located(method.value(), line,
                        caller >= 0 && caller < index ? caller : NONE);
            }
            offset = back.next();
        }
        return UNKNOWN;
    }

    /** A location in the method whose name is at {@code method}, its file's offset behind it. */
    private SourceLocation located(int method, int line, int inlinedAt) {
        Span name = string(method);
        if (name.length() == 0) {
            return UNKNOWN;
        }
        long behind = name.end().minus(strings.start());
        return new SourceLocation(name,
                string(BlockTable.number(strings, behind).value()), line, inlinedAt);
    }

    /** What the trap table says of the instruction at {@code pc}. */
    public TrapSite trapAt(long pc) {
        BlockTable table = new BlockTable(traps);
        int target = (int) (pc - textStart);
        int block = contains(pc) ? table.find(target) : NONE;
        if (block < 0) {
            return TrapSite.NONE;
        }
        int at = table.key(block);
        long end = table.end(block);
        for (long offset = table.start(block); offset < end;) {
            BlockTable.Number distance = table.number(offset);
            BlockTable.Number kind = table.number(distance.next());
            boolean hasMessage = (kind.value() & 1) != 0;
            int message = NONE;
            offset = kind.next();
            if (hasMessage) {
                BlockTable.Number text = table.number(offset);
                message = text.value();
                offset = text.next();
            }
            at += distance.value();
            if (at == target) {
                return new TrapSite(kind.value() >>> 1, string(message));
            }
        }
        return TrapSite.NONE;
    }

    private Span string(int offset) {
        long at = offset & 0xffffffffL;
        if (!strings.contains(at, 1)) {
            return Span.EMPTY;
        }
        BlockTable.Number bytes = BlockTable.number(strings, at);
        return strings.contains(bytes.next(), bytes.value())
                ? strings.slice(bytes.next(), bytes.value()) : Span.EMPTY;
    }
}
