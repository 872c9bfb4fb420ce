package k23.codegen.link;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The types of {@code .debug_info} (DWARF 5, chapter 5). */
final class DebugTypes {
    private static final int ADDRESS_BYTES = 8;

    private final ByteSink out;
    private final Map<String, DebugType.Structure> structures = new LinkedHashMap<>();
    private final Map<DebugType, Integer> entries = new HashMap<>();
    private final Map<Integer, DebugType> references = new LinkedHashMap<>();

    DebugTypes(ByteSink out, List<DebugType.Structure> structures) {
        this.out = out;
        structures.forEach(structure -> this.structures.put(structure.name(), structure));
    }

    /** Writes every type that a variable has or that leads from there. */
    void write(List<DebugVariable> variables) {
        Set<DebugType> types = new LinkedHashSet<>();
        variables.forEach(variable -> collect(variable.type(), types));
        types.forEach(this::entry);
        references.forEach((at, type) -> out.patch32(at, entries.get(type)));
    }

    private void collect(DebugType type, Set<DebugType> types) {
        if (!types.add(type)) {
            return;
        }
        switch (type) {
            case DebugType.Base _ -> { }
            case DebugType.Elements elements -> collect(elements.element(), types);
            case DebugType.Pointer pointer -> collect(new DebugType.Value(pointer.structure()),
                    types);
            case DebugType.Value value -> structure(value).members().forEach(member ->
                    collect(member.type(), types));
        }
    }

    private DebugType.Structure structure(DebugType.Value value) {
        DebugType.Structure structure = structures.get(value.structure());
        if (structure == null) {
            throw new IllegalArgumentException("no structure " + value.structure());
        }
        return structure;
    }

    private void entry(DebugType type) {
        entries.put(type, out.size());
        switch (type) {
            case DebugType.Base base -> out.uleb(DebugInfo.BASE_TYPE).cString(base.name())
                    .u8(base.bytes()).u8(base.encoding().code());
            case DebugType.Pointer pointer -> {
                out.uleb(DebugInfo.POINTER).u8(ADDRESS_BYTES);
                reference(new DebugType.Value(pointer.structure()));
            }
            case DebugType.Elements elements -> {
                out.uleb(DebugInfo.ARRAY);
                reference(elements.element());
                out.uleb(DebugInfo.ANY_NUMBER).u8(0);
            }
            case DebugType.Value value -> {
                DebugType.Structure structure = structure(value);
                out.uleb(DebugInfo.STRUCTURE).cString(structure.name()).uleb(structure.bytes());
                for (DebugType.Member member : structure.members()) {
                    out.uleb(DebugInfo.MEMBER).cString(member.name());
                    reference(member.type());
                    out.uleb(member.offset());
                }
                out.u8(0);
            }
        }
    }

    /** Writes a reference to {@code type}, whose entry may come later. */
    private void reference(DebugType type) {
        references.put(out.size(), type);
        out.u32(0);
    }

    /** The offset of the entry of {@code type} in the section. */
    int offset(DebugType type) {
        return entries.get(type);
    }
}
