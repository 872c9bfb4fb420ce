package k23.codegen.link;

import java.util.ArrayList;
import java.util.List;

/**
 * The DWARF 5 sections: one compilation unit for the whole image, with its functions, what was
 * inlined into them, the lines and the frames. Source files have no folders, so that the bytes do
 * not depend on where a build runs; a debugger is told where to look ({@code directory} in gdb).
 */
final class DebugSections {
    private DebugSections() { }

    /** A function at its final place. */
    record PlacedFunction(Definition definition, long address, byte[] section, int offset) {
        long end() {
            return address + definition.size();
        }
    }

    /** Makes the sections for code that is placed and relocated; {@code entry} has no caller. */
    static List<OutputSection> of(ImageLayout layout, String entry,
            List<DebugType.Structure> structures) {
        var functions = new ArrayList<PlacedFunction>();
        for (OutputSection section : layout.codeSections()) {
            for (int i = 0; i < section.members.size(); i++) {
                Definition d = section.members.get(i);
                if (d.kind() == Definition.Kind.FUNCTION && d.size() > 0) {
                    long offset = section.memberOffsets.get(i);
                    functions.add(new PlacedFunction(d, section.address + offset,
                            section.contents, (int) offset));
                }
            }
        }
        var lines = new DebugLines(functions);
        var locations = new DebugLocations();
        var info = new DebugInfo(functions, lines, locations, structures);
        // The lines come last: the entries name source files too.
        OutputSection entries = section(".debug_info", info.contents());
        return List.of(section(".debug_abbrev", DebugInfo.abbreviations()), entries,
                section(".debug_loclists", locations.contents()),
                section(".debug_line", lines.contents()),
                section(".debug_frame", new DebugFrames(functions, entry).contents()));
    }

    private static OutputSection section(String name, byte[] contents) {
        return OutputSection.generated(name, Elf.SHT_PROGBITS, 0, 1, contents);
    }
}
