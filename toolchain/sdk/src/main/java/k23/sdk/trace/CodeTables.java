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
 * @param methods   {@code .k23.methods} and {@code .k23.types}
 * @param traps     {@code .k23.traps}
 * @param strings   {@code .k23.strings}
 */
@NoAllocation
public record CodeTables(long textStart, long textBytes, Span functions, MethodTable methods,
        Span traps, Span strings) {
    private static final int NONE = -1;
    /** The count in a change of the stack from which on the rest follows. */
    private static final int MANY = 3;

    /** Tables that name nothing. */
    public static final CodeTables EMPTY = new CodeTables(
            0, 0, Span.EMPTY, new MethodTable(Span.EMPTY, Span.EMPTY), Span.EMPTY, Span.EMPTY);

    /**
     * A function.
     *
     * @param start     its offset in the code; {@link #NONE} when there is none
     * @param size      its size in bytes
     * @param lines     the offset of its lines in the table
     * @param linesEnd  the offset behind them
     * @param name      the offset of its name, where it has no lines; or {@link #NONE}
     */
    private record Function(int start, int size, long lines, long linesEnd, int name) {}

    private static final Function NO_FUNCTION = new Function(NONE, 0, 0, 0, NONE);

    /**
     * The stack of inlined calls at a place.
     *
     * @param depth  how many there are
     * @param method the method of the one that was asked for, or {@link #NONE}
     * @param line   its line, from the first one of the method on
     */
    private record Calls(int depth, int method, int line) {}

    /** The tables of the image that calls. */
    public static CodeTables linked() {
        long text = Symbols.addressOf("__text_start");
        Span methods = between(Symbols.addressOf("__k23_methods_start"),
                Symbols.addressOf("__k23_methods_end"));
        Span types = between(Symbols.addressOf("__k23_types_start"),
                Symbols.addressOf("__k23_types_end"));
        return new CodeTables(text, Symbols.addressOf("__text_end") - text,
                between(Symbols.addressOf("__k23_functions_start"),
                        Symbols.addressOf("__k23_functions_end")),
                new MethodTable(methods, types),
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
                sections.named(".k23.functions"),
                new MethodTable(sections.named(".k23.methods"), sections.named(".k23.types")),
                sections.named(".k23.traps"), sections.named(".k23.strings"));
    }

    /** Whether {@code pc} is code of this file. */
    public boolean contains(long pc) {
        return Long.compareUnsigned(pc - textStart, textBytes) < 0;
    }

    /** The method or symbol of the function around {@code pc}, without a line. */
    public SourceLocation function(long pc) {
        Function function = functionAt(pc);
        if (function.name() != NONE) {
            return new SourceLocation(Span.EMPTY, string(function.name()), Span.EMPTY, 0);
        }
        Calls calls = calls(function, function.size(), 0);
        SourceLocation first = methods.location(calls.method(), 0);
        return new SourceLocation(first.type(), first.method(), first.file(), 0);
    }

    /** The distance in bytes from the start of the function around {@code pc}. */
    public long functionOffset(long pc) {
        int start = functionAt(pc).start();
        return start == NONE ? 0 : pc - textStart - (start & 0xffffffffL);
    }

    /** Whether both are in the same function. */
    public boolean inOneFunction(long pc, long other) {
        return functionAt(pc).start() == functionAt(other).start();
    }

    private Function functionAt(long pc) {
        BlockTable table = new BlockTable(functions);
        int target = (int) (pc - textStart);
        int block = contains(pc) ? table.find(target) : NONE;
        if (block < 0) {
            return NO_FUNCTION;
        }
        int start = table.key(block);
        long end = table.end(block);
        for (long offset = table.start(block); offset < end;) {
            BlockTable.Number gap = table.number(offset);
            BlockTable.Number size = table.number(gap.next());
            BlockTable.Number name = table.number(size.next());
            boolean hasLines = (size.value() & 1) != 0;
            offset = name.next() + (hasLines ? name.value() & 0xffffffffL : 0);
            start += gap.value();
            int bytes = size.value() >>> 1;
            if (Integer.compareUnsigned(target - start, bytes) < 0) {
                return new Function(start, bytes, name.next(), hasLines ? offset : name.next(),
                        hasLines ? NONE : name.value());
            }
            start += bytes;
        }
        return NO_FUNCTION;
    }

    /** How many calls there are at {@code pc}, inlined ones included; 0 when none is known. */
    public int depth(long pc) {
        Function function = functionAt(pc);
        return calls(function, (int) (pc - textStart) - function.start(), NONE).depth();
    }

    /** The call at {@code pc} that {@code inner} others are inlined into; 0 is the innermost. */
    public SourceLocation location(long pc, int inner) {
        Function function = functionAt(pc);
        int offset = (int) (pc - textStart) - function.start();
        int level = calls(function, offset, NONE).depth() - 1 - inner;
        if (level < 0) {
            return SourceLocation.UNKNOWN;
        }
        Calls calls = calls(function, offset, level);
        return methods.location(calls.method(), calls.line());
    }

    /** What the stack is at {@code target} bytes into the function, and its call {@code level}. */
    private Calls calls(Function function, int target, int level) {
        BlockTable table = new BlockTable(functions);
        long end = Math.min(function.linesEnd(), functions.length());
        int at = 0;
        int depth = 0;
        int method = NONE;
        int line = 0;
        for (long offset = function.lines(); offset < end;) {
            BlockTable.Number distance = table.number(offset);
            BlockTable.Number change = table.number(distance.next());
            offset = change.next();
            at += distance.value();
            if (Integer.compareUnsigned(at, target) > 0) {
                break;
            }
            BlockTable.Number pop = count(table, change.value() >>> 2 & MANY, offset);
            BlockTable.Number push = count(table, change.value() & MANY, pop.next());
            int pops = pop.value();
            int pushes = push.value();
            offset = push.next();
            depth = pops < 0 ? 0 : Math.max(depth - pops, 0);
            if (depth - 1 == level) {
                int lines = change.value() >>> 4;
                line += lines >>> 1 ^ -(lines & 1);
            }
            for (; pushes > 0 && offset < end; pushes--) {
                BlockTable.Number pushed = table.number(offset);
                BlockTable.Number into = table.number(pushed.next());
                if (depth++ == level) {
                    method = pushed.value();
                    line = into.value();
                }
                offset = into.next();
            }
        }
        return new Calls(depth, method, line);
    }

    /** A count of which a change has {@code bits}; what they have no room for is at the offset. */
    private static BlockTable.Number count(BlockTable table, int bits, long offset) {
        if (bits < MANY) {
            return new BlockTable.Number(bits, offset);
        }
        BlockTable.Number more = table.number(offset);
        return new BlockTable.Number(MANY + more.value(), more.next());
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
