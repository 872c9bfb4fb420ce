package k23.codegen.link;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code .debug_info} and {@code .debug_abbrev} (DWARF 5, section 7.5). */
final class DebugInfo {
    private static final int UNIT = 1;
    private static final int FUNCTION = 2;
    private static final int BARE_FUNCTION = 3;
    private static final int ABSTRACT = 4;
    private static final int INLINED = 5;
    private static final int VARIABLE = 6;
    private static final int PARAMETER = 7;
    static final int BASE_TYPE = 8;
    static final int POINTER = 9;
    static final int ARRAY = 10;
    static final int ANY_NUMBER = 11;
    static final int STRUCTURE = 12;
    static final int MEMBER = 13;

    private static final int TAG_COMPILE_UNIT = 0x11;
    private static final int TAG_SUBPROGRAM = 0x2e;
    private static final int TAG_INLINED_SUBROUTINE = 0x1d;
    private static final int TAG_ARRAY_TYPE = 0x01;
    private static final int TAG_FORMAL_PARAMETER = 0x05;
    private static final int TAG_MEMBER = 0x0d;
    private static final int TAG_POINTER_TYPE = 0x0f;
    private static final int TAG_STRUCTURE_TYPE = 0x13;
    private static final int TAG_SUBRANGE_TYPE = 0x21;
    private static final int TAG_BASE_TYPE = 0x24;
    private static final int TAG_VARIABLE = 0x34;
    private static final int AT_LOCATION = 0x02;
    private static final int AT_NAME = 0x03;
    private static final int AT_BYTE_SIZE = 0x0b;
    private static final int AT_STMT_LIST = 0x10;
    private static final int AT_LOW_PC = 0x11;
    private static final int AT_HIGH_PC = 0x12;
    private static final int AT_LANGUAGE = 0x13;
    private static final int AT_INLINE = 0x20;
    private static final int AT_PRODUCER = 0x25;
    private static final int AT_ABSTRACT_ORIGIN = 0x31;
    private static final int AT_DECL_FILE = 0x3a;
    private static final int AT_DECL_LINE = 0x3b;
    private static final int AT_DATA_MEMBER_LOCATION = 0x38;
    private static final int AT_ENCODING = 0x3e;
    private static final int AT_EXTERNAL = 0x3f;
    private static final int AT_FRAME_BASE = 0x40;
    private static final int AT_TYPE = 0x49;
    private static final int AT_CALL_FILE = 0x58;
    private static final int AT_CALL_LINE = 0x59;
    private static final int FORM_ADDR = 0x01;
    private static final int FORM_DATA2 = 0x05;
    private static final int FORM_DATA4 = 0x06;
    private static final int FORM_DATA8 = 0x07;
    private static final int FORM_STRING = 0x08;
    private static final int FORM_DATA1 = 0x0b;
    private static final int FORM_UDATA = 0x0f;
    private static final int FORM_REF4 = 0x13;
    private static final int FORM_SEC_OFFSET = 0x17;
    private static final int FORM_EXPRLOC = 0x18;
    private static final int FORM_FLAG_PRESENT = 0x19;
    /** gdb dropped Java; with C its expressions still work. */
    private static final int LANG_C11 = 0x1d;
    private static final int INL_INLINED = 1;
    private static final int OP_CALL_FRAME_CFA = 0x9c;
    private static final int UNIT_TYPE_COMPILE = 1;

    /** What an inlined method is known by. */
    private record Method(String name, String file) { }

    /** A stretch of code and the calls that it lies in, the function itself first. */
    private record Stretch(long start, long end, List<Location> calls) { }

    private final List<DebugSections.PlacedFunction> functions;
    private final DebugLines lines;
    private final ByteSink out = new ByteSink();
    private final Map<Method, Integer> origins = new LinkedHashMap<>();
    private final DebugLocations locations;
    private final DebugTypes types;

    DebugInfo(List<DebugSections.PlacedFunction> functions, DebugLines lines,
            DebugLocations locations, List<DebugType.Structure> structures) {
        this.functions = functions;
        this.lines = lines;
        this.locations = locations;
        types = new DebugTypes(out, structures);
    }

    static byte[] abbreviations() {
        var out = new ByteSink();
        abbreviation(out, UNIT, TAG_COMPILE_UNIT, true, AT_PRODUCER, FORM_STRING, AT_LANGUAGE,
                FORM_DATA2, AT_NAME, FORM_STRING, AT_STMT_LIST, FORM_SEC_OFFSET, AT_LOW_PC,
                FORM_ADDR, AT_HIGH_PC, FORM_DATA8);
        abbreviation(out, FUNCTION, TAG_SUBPROGRAM, true, AT_NAME, FORM_STRING, AT_EXTERNAL,
                FORM_FLAG_PRESENT, AT_DECL_FILE, FORM_UDATA, AT_DECL_LINE, FORM_UDATA, AT_LOW_PC,
                FORM_ADDR, AT_HIGH_PC, FORM_DATA4, AT_FRAME_BASE, FORM_EXPRLOC);
        abbreviation(out, BARE_FUNCTION, TAG_SUBPROGRAM, false, AT_NAME, FORM_STRING,
                AT_EXTERNAL, FORM_FLAG_PRESENT, AT_LOW_PC, FORM_ADDR, AT_HIGH_PC, FORM_DATA4);
        abbreviation(out, ABSTRACT, TAG_SUBPROGRAM, false, AT_NAME, FORM_STRING, AT_DECL_FILE,
                FORM_UDATA, AT_INLINE, FORM_DATA1);
        abbreviation(out, INLINED, TAG_INLINED_SUBROUTINE, true, AT_ABSTRACT_ORIGIN, FORM_REF4,
                AT_LOW_PC, FORM_ADDR, AT_HIGH_PC, FORM_DATA4, AT_CALL_FILE, FORM_UDATA,
                AT_CALL_LINE, FORM_UDATA);
        for (int variable : new int[] {VARIABLE, PARAMETER}) {
            abbreviation(out, variable, variable == VARIABLE ? TAG_VARIABLE
                    : TAG_FORMAL_PARAMETER, false, AT_NAME, FORM_STRING, AT_TYPE, FORM_REF4,
                    AT_LOCATION, FORM_SEC_OFFSET);
        }
        abbreviation(out, BASE_TYPE, TAG_BASE_TYPE, false, AT_NAME, FORM_STRING, AT_BYTE_SIZE,
                FORM_DATA1, AT_ENCODING, FORM_DATA1);
        abbreviation(out, POINTER, TAG_POINTER_TYPE, false, AT_BYTE_SIZE, FORM_DATA1, AT_TYPE,
                FORM_REF4);
        abbreviation(out, ARRAY, TAG_ARRAY_TYPE, true, AT_TYPE, FORM_REF4);
        abbreviation(out, ANY_NUMBER, TAG_SUBRANGE_TYPE, false);
        abbreviation(out, STRUCTURE, TAG_STRUCTURE_TYPE, true, AT_NAME, FORM_STRING,
                AT_BYTE_SIZE, FORM_UDATA);
        abbreviation(out, MEMBER, TAG_MEMBER, false, AT_NAME, FORM_STRING, AT_TYPE, FORM_REF4,
                AT_DATA_MEMBER_LOCATION, FORM_UDATA);
        return out.u8(0).toBytes();
    }

    private static void abbreviation(ByteSink out, int number, int tag, boolean children,
            int... attributes) {
        out.uleb(number).uleb(tag).u8(children ? 1 : 0);
        for (int value : attributes) {
            out.uleb(value);
        }
        out.uleb(0).uleb(0);
    }

    byte[] contents() {
        long start = functions.isEmpty() ? 0 : functions.getFirst().address();
        long end = functions.isEmpty() ? 0 : functions.getLast().end();
        out.u32(0).u16(5).u8(UNIT_TYPE_COMPILE).u8(8).u32(0);
        out.uleb(UNIT).cString("k23 for the JVM").u16(LANG_C11).cString(DebugLines.UNIT_NAME)
                .u32(0).u64(start).u64(end - start);
        types.write(functions.stream().flatMap(f -> f.definition().variables().stream())
                .toList());
        functions.forEach(this::abstractMethods);
        functions.forEach(this::function);
        out.u8(0);
        out.patch32(0, out.size() - 4);
        return out.toBytes();
    }

    private void abstractMethods(DebugSections.PlacedFunction function) {
        for (SourceRange range : function.definition().ranges()) {
            Location location = range.location();
            while (location != null && location.inlinedAt() != null) {
                var method = new Method(location.method(), location.file());
                if (!origins.containsKey(method)) {
                    origins.put(method, out.size());
                    out.uleb(ABSTRACT).cString(method.name()).uleb(lines.file(method.file()))
                            .u8(INL_INLINED);
                }
                location = location.inlinedAt();
            }
        }
    }

    private void function(DebugSections.PlacedFunction function) {
        Definition d = function.definition();
        List<Stretch> stretches = stretches(function);
        Location own = stretches.stream().filter(s -> !s.calls().isEmpty()).findFirst()
                .map(s -> s.calls().getFirst()).orElse(null);
        if (own == null) {
            out.uleb(BARE_FUNCTION).cString(d.name()).u64(function.address())
                    .u32((int) d.size());
            return;
        }
        out.uleb(FUNCTION).cString(own.method())
                .uleb(lines.file(own.file())).uleb(own.line()).u64(function.address())
                .u32((int) d.size()).uleb(1).u8(OP_CALL_FRAME_CFA);
        variables(function, own.method(), null, stretches);
        inlined(function, stretches, 1);
        out.u8(0);
    }

    /**
     * The variables of a method: the function's own, or one that was inlined at a place. Where one
     * line calls a method twice, each call's variables have places in its own code alone.
     */
    private void variables(DebugSections.PlacedFunction function, String method, Location at,
            List<Stretch> code) {
        long start = code.getFirst().start() - function.address();
        long end = code.getLast().end() - function.address();
        var names = new HashSet<String>();
        for (DebugVariable variable : function.definition().variables()) {
            if (variable.method().equals(method) && Objects.equals(variable.inlinedAt(), at)
                    && (at == null || variable.isIn(start, end) && names.add(variable.name()))) {
                out.uleb(variable.isParameter() ? PARAMETER : VARIABLE).cString(variable.name())
                        .u32(types.offset(variable.type()))
                        .u32(locations.list(function, variable));
            }
        }
    }

    private static List<Stretch> stretches(DebugSections.PlacedFunction function) {
        List<SourceRange> ranges = function.definition().ranges();
        var result = new ArrayList<Stretch>();
        for (int i = 0; i < ranges.size(); i++) {
            long end = i + 1 < ranges.size() ? function.address() + ranges.get(i + 1).offset()
                    : function.end();
            long start = function.address() + ranges.get(i).offset();
            if (start < end) {
                result.add(new Stretch(start, end, calls(ranges.get(i).location())));
            }
        }
        return result;
    }

    private static List<Location> calls(Location leaf) {
        var result = new ArrayList<Location>();
        for (Location l = leaf; l != null; l = l.inlinedAt()) {
            result.addFirst(l);
        }
        return result;
    }

    /** One entry for each run of neighbouring stretches that lie in the same inlined call. */
    private void inlined(DebugSections.PlacedFunction function, List<Stretch> stretches,
            int depth) {
        int i = 0;
        while (i < stretches.size()) {
            if (stretches.get(i).calls().size() <= depth) {
                i++;
                continue;
            }
            Location call = stretches.get(i).calls().get(depth);
            int next = i + 1;
            while (next < stretches.size() && isSameCall(stretches.get(next), depth, call)) {
                next++;
            }
            long start = stretches.get(i).start();
            Location site = call.inlinedAt();
            out.uleb(INLINED).u32(origins.get(new Method(call.method(), call.file()))).u64(start)
                    .u32((int) (stretches.get(next - 1).end() - start))
                    .uleb(lines.file(site.file())).uleb(site.line());
            variables(function, call.method(), site, stretches.subList(i, next));
            inlined(function, stretches.subList(i, next), depth + 1);
            out.u8(0);
            i = next;
        }
    }

    private static boolean isSameCall(Stretch stretch, int depth, Location call) {
        if (stretch.calls().size() <= depth) {
            return false;
        }
        Location other = stretch.calls().get(depth);
        return other.method().equals(call.method()) && other.file().equals(call.file())
                && other.inlinedAt().equals(call.inlinedAt());
    }
}
