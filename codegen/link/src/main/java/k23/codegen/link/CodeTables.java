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
    private static final int NONE = -1;

    /** What a location says of the function: its name, and the file that it is in. */
    private record Method(String name, String file) {}

    private final long textStart;
    private final ByteSink functions = new ByteSink();
    private final BlockTable lines = new BlockTable();
    private final BlockTable locations = new BlockTable();
    private final BlockTable traps = new BlockTable();
    private final ByteSink strings = new ByteSink();
    private final Map<String, Integer> stringOffsets = new HashMap<>();
    private final Map<Method, Integer> methodOffsets = new HashMap<>();
    private final Map<Location, Integer> locationIndexes = new HashMap<>();
    private final List<Line> lineEntries = new ArrayList<>();
    private int blockLocation;
    private int blockLine;

    /** From {@code pc} on code is of the location with this index, or of {@link #NONE}. */
    private record Line(int pc, int location) {}

    private CodeTables(long textStart) {
        this.textStart = textStart;
    }

    /** Makes the tables for code sections that have their addresses. */
    static List<OutputSection> of(List<OutputSection> code) {
        var tables = new CodeTables(code.getFirst().address);
        for (OutputSection section : code) {
            for (int i = 0; i < section.members.size(); i++) {
                Definition d = section.members.get(i);
                long start = section.address + section.memberOffsets.get(i) - tables.textStart;
                if (d.kind() == Definition.Kind.FUNCTION) {
                    tables.add(d, Math.toIntExact(start));
                }
            }
        }
        tables.writeLines();
        return List.of(
                table(".k23.functions", tables.functions.toBytes()),
                table(".k23.lines", tables.lines.toBytes()),
                table(".k23.locations", tables.locations.toBytes()),
                table(".k23.traps", tables.traps.toBytes()),
                table(".k23.strings", tables.strings.toBytes()));
    }

    private static OutputSection table(String name, byte[] bytes) {
        return OutputSection.generated(name, Elf.SHT_PROGBITS, Elf.SHF_ALLOC, 4, bytes);
    }

    private void add(Definition d, int start) {
        if (d.ranges().isEmpty() || d.ranges().getFirst().offset() > 0) {
            line(start, NONE);
        }
        for (SourceRange range : d.ranges()) {
            line(start + range.offset(), location(range.location()));
        }
        functions.u32(start).u32(Math.toIntExact(d.size())).u32(name(d));
        var sorted = new ArrayList<>(d.traps());
        sorted.sort(Comparator.comparingInt(TrapSite::offset));
        for (TrapSite trap : sorted) {
            int pc = start + trap.offset();
            int hasMessage = trap.message() == null ? 0 : 1;
            traps.entry(pc);
            traps.unsigned(pc - traps.previousKey()).unsigned(trap.kind() << 1 | hasMessage);
            if (trap.message() != null) {
                traps.unsigned(string(trap.message()));
            }
        }
    }

    /** The offset of what the function is called where it has lines: not its linker symbol. */
    private int name(Definition d) {
        for (SourceRange range : d.ranges()) {
            Location location = range.location();
            if (location != null) {
                while (location.inlinedAt() != null) {
                    location = location.inlinedAt();
                }
                return method(location);
            }
        }
        return string(d.name());
    }

    private void line(int pc, int location) {
        if (!lineEntries.isEmpty()) {
            Line last = lineEntries.getLast();
            if (last.pc == pc) {
                lineEntries.removeLast();
            } else if (last.location == location) {
                return;
            }
        }
        lineEntries.add(new Line(pc, location));
    }

    private void writeLines() {
        for (Line line : lineEntries) {
            if (lines.entry(line.pc)) {
                blockLocation = 0;
            }
            lines.unsigned(line.pc - lines.previousKey()).signed(line.location + 1 - blockLocation);
            blockLocation = line.location + 1;
        }
    }

    private int location(Location location) {
        if (location == null) {
            return NONE;
        }
        Integer known = locationIndexes.get(location);
        if (known != null) {
            return known;
        }
        // Callers first: an index always refers backwards, so no reader can run in a circle.
        int inlinedAt = location(location.inlinedAt());
        int index = locationIndexes.size();
        locationIndexes.put(location, index);
        int method = method(location);
        if (locations.entry(index)) {
            blockLine = 0;
        }
        locations.unsigned(method).signed(location.line() - blockLine)
                .unsigned(inlinedAt == NONE ? 0 : index - inlinedAt);
        blockLine = location.line();
        return index;
    }

    /** The offset of a method: its name, then the offset of its file's name. */
    private int method(Location location) {
        var method = new Method(location.method(), location.file());
        Integer known = methodOffsets.get(method);
        if (known != null) {
            return known;
        }
        int file = string(method.file);
        int offset = text(method.name);
        strings.uleb(file);
        methodOffsets.put(method, offset);
        return offset;
    }

    private int string(String text) {
        Integer known = stringOffsets.get(text);
        if (known != null) {
            return known;
        }
        int offset = text(text);
        stringOffsets.put(text, offset);
        return offset;
    }

    private int text(String text) {
        int offset = strings.size();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        strings.uleb(utf8.length).raw(utf8);
        return offset;
    }
}
