package k23.codegen.link;

import java.util.List;

/** DWARF sections for debuggers. */
final class DebugSections {
    private DebugSections() { }

    static List<OutputSection> of(ImageLayout layout) {
        return List.of();
    }
}
