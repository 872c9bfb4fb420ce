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
    private static final int NONE = 0xffffffff;

    private final long textStart;
    private final ByteSink functions = new ByteSink();
    private final ByteSink lines = new ByteSink();
    private final ByteSink locations = new ByteSink();
    private final ByteSink traps = new ByteSink();
    private final ByteSink strings = new ByteSink();
    private final Map<String, Integer> stringOffsets = new HashMap<>();
    private final Map<Location, Integer> locationIndexes = new HashMap<>();
    private int lastLocation = NONE;
    private int lastPc = -1;

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
        return List.of(
                table(".k23.functions", tables.functions), table(".k23.lines", tables.lines),
                table(".k23.locations", tables.locations), table(".k23.traps", tables.traps),
                table(".k23.strings", tables.strings));
    }

    private static OutputSection table(String name, ByteSink sink) {
        return OutputSection.generated(name, Elf.SHT_PROGBITS, Elf.SHF_ALLOC, 4, sink.toBytes());
    }

    private void add(Definition d, int start) {
        functions.u32(start).u32(Math.toIntExact(d.size())).u32(string(d.name()))
                .u32(firstLine(d));
        if (d.ranges().isEmpty() || d.ranges().getFirst().offset() > 0) {
            line(start, NONE);
        }
        for (SourceRange range : d.ranges()) {
            line(start + range.offset(), location(range.location()));
        }
        var sorted = new ArrayList<>(d.traps());
        sorted.sort(Comparator.comparingInt(TrapSite::offset));
        for (TrapSite trap : sorted) {
            traps.u32(start + trap.offset()).u16(trap.kind()).u16(0)
                    .u32(trap.message() == null ? NONE : string(trap.message()));
        }
    }

    /** The first line of the function itself, not of what was inlined into it. */
    private static int firstLine(Definition d) {
        for (SourceRange range : d.ranges()) {
            Location location = range.location();
            if (location != null) {
                while (location.inlinedAt() != null) {
                    location = location.inlinedAt();
                }
                return location.line();
            }
        }
        return 0;
    }

    private void line(int pc, int location) {
        if (pc == lastPc) {
            lines.patch32(lines.size() - 4, location);
        } else if (location != lastLocation || lastPc < 0) {
            lines.u32(pc).u32(location);
            lastPc = pc;
        }
        lastLocation = location;
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
        locations.u32(string(location.method())).u32(string(location.file()))
                .u32(location.line()).u32(inlinedAt);
        return index;
    }

    private int string(String text) {
        Integer known = stringOffsets.get(text);
        if (known != null) {
            return known;
        }
        int offset = strings.size();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        strings.u32(utf8.length).raw(utf8).align(4);
        stringOffsets.put(text, offset);
        return offset;
    }
}
