package k23.sdk.trace;

import k23.sdk.NoAllocation;
import k23.sdk.word.Span;

/**
 * The methods that code comes from, by their numbers (docs/FORMATS.md, "{@code .k23.*}").
 *
 * @param methods {@code .k23.methods}
 * @param types   {@code .k23.types}
 */
@NoAllocation
record MethodTable(Span methods, Span types) {
    private static final int JAVA_BYTES = 5; // ".java"
    private static final int TYPE_OF_FILE = 0;
    private static final int OWN_TYPE = 2;

    /** A text in a table, and the offset behind it. */
    private record Text(Span bytes, long next) {}

    /** The place {@code line} lines behind the first one of method {@code number}. */
    SourceLocation location(int number, int line) {
        BlockTable table = new BlockTable(methods);
        int block = number < 0 ? -1 : table.find(number);
        if (block < 0) {
            return SourceLocation.UNKNOWN;
        }
        int at = table.key(block);
        int type = 0;
        int first = 0;
        long end = table.end(block);
        for (long offset = table.start(block); offset < end; at++) {
            BlockTable.Number typeChange = table.number(offset);
            BlockTable.Number lineChange = table.number(typeChange.next());
            Text name = text(methods, lineChange.next());
            type += typeChange.signed();
            first += lineChange.signed();
            if (at == number) {
                return located(type, name.bytes(), first + line);
            }
            offset = name.next();
        }
        return SourceLocation.UNKNOWN;
    }

    private SourceLocation located(int type, Span method, int line) {
        BlockTable table = new BlockTable(types);
        int block = type < 0 ? -1 : table.find(type);
        if (block < 0) {
            return SourceLocation.UNKNOWN;
        }
        int at = table.key(block);
        long end = table.end(block);
        for (long offset = table.start(block); offset < end; at++) {
            Text file = text(types, offset);
            BlockTable.Number kind = table.number(file.next());
            offset = kind.next();
            Span name = Span.EMPTY;
            if (kind.value() == OWN_TYPE) {
                Text own = text(types, offset);
                name = own.bytes();
                offset = own.next();
            } else if (kind.value() == TYPE_OF_FILE && file.bytes().length() > JAVA_BYTES) {
                name = file.bytes().slice(0, file.bytes().length() - JAVA_BYTES);
            }
            if (at == type) {
                return new SourceLocation(name, method, file.bytes(), line);
            }
        }
        return SourceLocation.UNKNOWN;
    }

    private static Text text(Span table, long offset) {
        BlockTable.Number head = BlockTable.number(table, offset);
        if ((head.value() & 1) == 0) {
            Span bytes = part(table, head.next(), head.value() >>> 1);
            return new Text(bytes, head.next() + bytes.length());
        }
        // It stands further up, as itself: no reader can run in a circle.
        BlockTable.Number known = BlockTable.number(table, offset - (head.value() >>> 1));
        return new Text(part(table, known.next(), known.value() >>> 1), head.next());
    }

    private static Span part(Span table, long offset, long length) {
        return table.contains(offset, length) ? table.slice(offset, length) : Span.EMPTY;
    }
}
