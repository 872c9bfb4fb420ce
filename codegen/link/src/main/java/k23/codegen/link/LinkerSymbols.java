package k23.codegen.link;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The symbols that the linker itself defines where they are referred to.
 *
 * <ul>
 *   <li>{@code __text_*}, {@code __rodata_*}, {@code __data_*}: start and end of the executable,
 *       the read-only and the writable segment; the last one includes what is zero.
 *   <li>{@code __image_start}: the base; {@code __image_end}: the end of all, rounded up to a page.
 *   <li>{@code __<section>_start/_end} for each other section, its dots as underscores:
 *       {@code __bss_start}, {@code __relr_dyn_end}, {@code __k23_traps_start}.
 * </ul>
 */
final class LinkerSymbols {
    static final List<String> SEGMENTS = List.of("text", "rodata", "data");
    private static final String IMAGE = "image";
    /** Sections that the linker makes; their symbols exist even when they are empty. */
    static final List<String> GENERATED = List.of(".bss", ".data.rel.ro", ImageLayout.RELATIVE,
            ".k23.functions", ".k23.methods", ".k23.types", ".k23.traps", ".k23.strings");

    private final Set<String> names = new HashSet<>();

    LinkerSymbols(List<Definition> definitions) {
        SEGMENTS.forEach(this::declare);
        declare(IMAGE);
        GENERATED.forEach(section -> declare(stem(section)));
        for (Definition d : definitions) {
            if (d.section().isNamed()) {
                declare(stem(d.section().name()));
            }
        }
    }

    private void declare(String stem) {
        names.add(start(stem));
        names.add(end(stem));
    }

    boolean defines(String name) {
        return names.contains(name);
    }

    /** All symbols of a finished layout, by name; looked up, never iterated. */
    static Map<String, Long> addresses(ImageLayout layout) {
        var result = new HashMap<String, Long>();
        for (OutputSection section : layout.sections()) {
            put(result, stem(section.name), section.address, section.end());
        }
        for (int i = 0; i < SEGMENTS.size(); i++) {
            SegmentPlan plan = layout.segments().get(i);
            put(result, SEGMENTS.get(i), plan.address(), plan.end());
        }
        put(result, IMAGE, layout.start(), layout.end());
        // A section that this layout does not have is empty: its start is its end.
        long nowhere = layout.segments().get(1).end();
        for (String section : GENERATED) {
            result.putIfAbsent(start(stem(section)), nowhere);
            result.putIfAbsent(end(stem(section)), nowhere);
        }
        return result;
    }

    private static void put(Map<String, Long> map, String stem, long start, long end) {
        map.put(start(stem), start);
        map.put(end(stem), end);
    }

    private static String stem(String section) {
        return section.substring(1).replace('.', '_');
    }

    private static String start(String stem) {
        return "__" + stem + "_start";
    }

    private static String end(String stem) {
        return "__" + stem + "_end";
    }
}
