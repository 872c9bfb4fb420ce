package k23.codegen.link;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code .debug_line} (DWARF 5, section 6.2): a sequence of rows for each function. */
final class DebugLines {
    /** The compilation unit's own name, file 0; no source has it. */
    static final String UNIT_NAME = "k23";
    private static final int LINE_BASE = -5;
    private static final int LINE_RANGE = 14;
    private static final int OPCODE_BASE = 13;
    private static final byte[] STANDARD_OPERANDS = {0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1};
    private static final int LNCT_PATH = 1;
    private static final int LNCT_DIRECTORY_INDEX = 2;
    private static final int FORM_STRING = 0x08;
    private static final int FORM_UDATA = 0x0f;
    private static final int COPY = 1;
    private static final int ADVANCE_PC = 2;
    private static final int ADVANCE_LINE = 3;
    private static final int SET_FILE = 4;
    private static final int END_SEQUENCE = 1;
    private static final int SET_ADDRESS = 2;

    private final List<DebugSections.PlacedFunction> functions;
    private final Map<String, Integer> files = new LinkedHashMap<>();
    private final ByteSink program = new ByteSink();
    private long address;
    private int file;
    private int line;

    DebugLines(List<DebugSections.PlacedFunction> functions) {
        this.functions = functions;
        file(UNIT_NAME);
    }

    /** The index of a source file. */
    int file(String name) {
        Integer known = files.get(name);
        if (known == null) {
            known = files.size();
            files.put(name, known);
        }
        return known;
    }

    byte[] contents() {
        functions.forEach(this::sequence);
        var header = new ByteSink().u8(1).u8(1).u8(1).u8(LINE_BASE).u8(LINE_RANGE).u8(OPCODE_BASE)
                .raw(STANDARD_OPERANDS);
        header.u8(1).uleb(LNCT_PATH).uleb(FORM_STRING).uleb(1).cString(".");
        header.u8(2).uleb(LNCT_PATH).uleb(FORM_STRING).uleb(LNCT_DIRECTORY_INDEX)
                .uleb(FORM_UDATA).uleb(files.size());
        files.keySet().forEach(name -> header.cString(name).uleb(0));
        byte[] tail = header.toBytes();
        byte[] rows = program.toBytes();
        int length = 2 + 1 + 1 + 4 + tail.length + rows.length;
        return new ByteSink().u32(length).u16(5).u8(8).u8(0).u32(tail.length).raw(tail).raw(rows)
                .toBytes();
    }

    private void sequence(DebugSections.PlacedFunction function) {
        Definition d = function.definition();
        if (d.ranges().isEmpty()) {
            return;
        }
        address = function.address();
        file = 1;
        line = 1;
        program.u8(0).uleb(9).u8(SET_ADDRESS).u64(address);
        for (Row row : rows(function)) {
            row(function.address() + row.offset(), row.location());
        }
        program.u8(ADVANCE_PC).uleb(function.end() - address);
        program.u8(0).uleb(1).u8(END_SEQUENCE);
    }

    private record Row(long offset, Location location) { }

    /**
     * The ranges, and the first line a second time behind the prologue: debuggers take the second
     * row of a function for the place where its arguments are set up.
     */
    private static List<Row> rows(DebugSections.PlacedFunction function) {
        int prologue = DebugFrames.prologueBytes(function);
        var rows = new ArrayList<Row>();
        Location current = null;
        boolean pending = prologue > 0;
        List<SourceRange> ranges = function.definition().ranges().stream()
                .dropWhile(range -> range.location() == null).toList();
        if (!ranges.isEmpty() && ranges.getFirst().offset() > 0) {
            // What sets up the frame and the arguments belongs to the function's own line.
            current = ranges.getFirst().location().outermost();
            rows.add(new Row(0, current));
            pending &= ranges.getFirst().offset() < prologue;
        }
        for (SourceRange range : ranges) {
            if (pending && range.offset() > prologue) {
                rows.add(new Row(prologue, current));
            }
            pending &= range.offset() < prologue;
            rows.add(new Row(range.offset(), range.location()));
            current = range.location();
        }
        if (pending && prologue < function.definition().size()) {
            rows.add(new Row(prologue, current));
        }
        return rows;
    }

    private void row(long at, Location location) {
        int toFile = location == null ? 0 : file(location.file());
        int toLine = location == null ? 0 : location.line();
        if (toFile != file) {
            program.u8(SET_FILE).uleb(toFile);
            file = toFile;
        }
        long advance = at - address;
        long step = toLine - (long) line;
        if (step < LINE_BASE || step >= LINE_BASE + LINE_RANGE) {
            program.u8(ADVANCE_LINE).sleb(step);
            step = 0;
        }
        long special = step - LINE_BASE + LINE_RANGE * advance + OPCODE_BASE;
        if (special > 255) {
            program.u8(ADVANCE_PC).uleb(advance);
            special = step - LINE_BASE + OPCODE_BASE;
        }
        program.u8(special == OPCODE_BASE - LINE_BASE ? COPY : (int) special);
        address = at;
        line = toLine;
    }
}
