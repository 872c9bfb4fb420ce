package k23.codegen.link;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code .k23.*} tables: what a running kernel needs to name a program counter. All offsets
 * count from the start of {@code .text}.
 */
final class CodeTables {
    /** Few enough to be passed over, since each brings its lines. */
    private static final int BLOCK_ENTRIES = 16;

    private final long textStart;
    private final BlockTable functions = new BlockTable(BLOCK_ENTRIES);
    private final MethodTable methods = new MethodTable();
    private final BlockTable traps = new BlockTable(BLOCK_ENTRIES);
    private final ByteSink strings = new ByteSink();
    private final Map<String, Integer> stringOffsets = new HashMap<>();

    /** A function at an offset in the code. */
    private record Placed(Definition function, int start, LineProgram lines) {}

    private CodeTables(long textStart) {
        this.textStart = textStart;
    }

    /** Makes the tables for code sections that have their addresses. */
    static List<OutputSection> of(List<OutputSection> code) {
        var tables = new CodeTables(code.getFirst().address);
        List<Placed> placed = tables.place(code);
        placed.forEach(p -> p.lines.forEachCall(tables.methods));
        tables.methods.number();
        int end = 0;
        for (Placed p : placed) {
            tables.add(p, end);
            end = p.start + Math.toIntExact(p.function.size());
        }
        return List.of(
                table(".k23.functions", tables.functions.toBytes()),
                table(".k23.methods", tables.methods.methods()),
                table(".k23.types", tables.methods.types()),
                table(".k23.traps", tables.traps.toBytes()),
                table(".k23.strings", tables.strings.toBytes()));
    }

    private List<Placed> place(List<OutputSection> code) {
        var placed = new ArrayList<Placed>();
        for (OutputSection section : code) {
            for (int i = 0; i < section.members.size(); i++) {
                Definition d = section.members.get(i);
                long start = section.address + section.memberOffsets.get(i) - textStart;
                if (d.kind() == Definition.Kind.FUNCTION) {
                    placed.add(new Placed(d, Math.toIntExact(start), LineProgram.of(d)));
                }
            }
        }
        return placed;
    }

    private static OutputSection table(String name, byte[] bytes) {
        return OutputSection.generated(name, Elf.SHT_PROGBITS, Elf.SHF_ALLOC, 4, bytes);
    }

    private void add(Placed p, int previousEnd) {
        Definition d = p.function;
        int size = Math.toIntExact(d.size());
        functions.unsigned(functions.entry(p.start) ? 0 : p.start - previousEnd);
        if (p.lines.isEmpty()) {
            functions.unsigned(2 * size).unsigned(string(d.name()));
        } else {
            byte[] lines = p.lines.bytes(methods);
            functions.unsigned(2 * size + 1).unsigned(lines.length).raw(lines);
        }
        var sorted = new ArrayList<>(d.traps());
        sorted.sort(Comparator.comparingInt(TrapSite::offset));
        for (TrapSite trap : sorted) {
            int pc = p.start + trap.offset();
            int hasMessage = trap.message() == null ? 0 : 1;
            traps.entry(pc);
            traps.unsigned(pc - traps.previousKey()).unsigned(trap.kind() << 1 | hasMessage);
            if (trap.message() != null) {
                traps.unsigned(string(trap.message()));
            }
        }
    }

    private int string(String text) {
        Integer known = stringOffsets.get(text);
        if (known != null) {
            return known;
        }
        int offset = strings.size();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        strings.uleb(utf8.length).raw(utf8);
        stringOffsets.put(text, offset);
        return offset;
    }
}
