package k23.codegen.link;

import java.util.List;
import java.util.Optional;

/**
 * A linked program.
 *
 * @param elf      the ELF file; not copied
 * @param symbols  what was linked, by ascending address
 * @param sections the sections that are loaded, by ascending address
 * @param segments the parts that are mapped, by ascending address
 * @param report   sizes and counts
 */
public record LinkedImage(byte[] elf, List<Symbol> symbols, List<PlacedSection> sections,
        List<Segment> segments, Report report) {

    /**
     * A symbol.
     *
     * @param name    its name
     * @param address absolute, or from base 0 when position-independent
     * @param size    in bytes; 0 for linker-defined symbols and inner names
     * @param section name of the section that holds it
     */
    public record Symbol(String name, long address, long size, String section) { }

    /**
     * A section.
     *
     * @param name    its name
     * @param address of its start
     * @param size    in bytes
     */
    public record PlacedSection(String name, long address, long size) { }

    /**
     * A segment that is mapped.
     *
     * @param address    of its start, page aligned
     * @param memBytes   bytes in memory
     * @param fileBytes  bytes of the file; the rest is zero
     * @param writable   whether the program may write it
     * @param executable whether the program may execute it
     */
    public record Segment(long address, long memBytes, long fileBytes, boolean writable,
            boolean executable) { }

    /**
     * Sizes and counts of one link.
     *
     * @param textBytes          code
     * @param rodataBytes        constants, relocated ones included
     * @param dataBytes          variables with contents
     * @param bssBytes           zeroed variables
     * @param tableBytes         the {@code .k23.*} tables
     * @param fileBytes          the whole ELF file
     * @param kept               definitions in the image
     * @param dropped            definitions that nothing reaches
     * @param relocations        places that were resolved here
     * @param dynamicRelocations words to which the loader adds the base
     */
    public record Report(long textBytes, long rodataBytes, long dataBytes, long bssBytes,
            long tableBytes, long fileBytes, int kept, int dropped, int relocations,
            int dynamicRelocations) { }

    /** Finds a symbol by its name. */
    public Optional<Symbol> symbol(String name) {
        return symbols.stream().filter(s -> s.name().equals(name)).findFirst();
    }
}
