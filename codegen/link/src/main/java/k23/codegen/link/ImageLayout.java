package k23.codegen.link;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * Which definition goes to which section, and every section's address.
 *
 * <p>Three segments: code; constants with the {@code .k23.*} tables and what the loader reads;
 * variables. In a position-independent image the variables begin with the part that is read-only
 * after relocation, which ends at a page (PT_GNU_RELRO).
 */
final class ImageLayout {
    /** The table of the words that hold addresses. */
    static final String RELATIVE = ".relr.dyn";
    private static final String DYNAMIC = ".dynamic";

    private final LinkRequest request;
    private final Problems problems;
    private final boolean pie;
    private final Map<String, OutputSection> byName = new LinkedHashMap<>();
    private final List<OutputSection> code = new ArrayList<>();
    private final List<OutputSection> constants = new ArrayList<>();
    private final List<OutputSection> relro = new ArrayList<>();
    private final List<OutputSection> variables = new ArrayList<>();
    private final List<OutputSection> zeroed = new ArrayList<>();
    private final List<SegmentPlan> segments = new ArrayList<>();
    private final int dynamicRelocations;
    private List<OutputSection> sections = List.of();
    private long relroEnd;

    ImageLayout(LinkRequest request, Selection selection, Problems problems) {
        this.request = request;
        this.problems = problems;
        this.pie = request.layout() instanceof Layout.Pie;
        for (Section s : List.of(Section.TEXT, Section.RODATA, Section.DATA, Section.BSS)) {
            section(s);
        }
        int dynamic = 0;
        for (Definition d : selection.kept()) {
            int absolute = pie ? countAbsolute(d) : 0;
            dynamic += absolute;
            boolean move = absolute > 0 && d.section().equals(Section.RODATA);
            section(move ? Section.RELRO : d.section()).add(d);
        }
        dynamicRelocations = dynamic;
        problems.throwIfAny();
    }

    private static int countAbsolute(Definition d) {
        int count = 0;
        for (Relocation r : d.relocations()) {
            if (r.kind() == Relocation.Kind.ABS64) {
                count++;
            }
        }
        return count;
    }

    private OutputSection section(Section s) {
        boolean isZero = s.access() == Section.Access.ZERO;
        long flags = Elf.SHF_ALLOC | switch (s.access()) {
            case EXECUTE -> Elf.SHF_EXECINSTR;
            case READ -> 0;
            case WRITE, ZERO -> Elf.SHF_WRITE;
        } | (s.equals(Section.HART_LOCALS) ? Elf.SHF_TLS : 0);
        int type = isZero ? Elf.SHT_NOBITS : Elf.SHT_PROGBITS;
        OutputSection known = byName.get(s.name());
        if (known != null) {
            if (known.flags != flags || known.type != type) {
                problems.add(Problems.SECTION_CONFLICT, "section " + s.name()
                        + " is used with different kinds of access; give one of them another name");
            }
            return known;
        }
        if (s.isNamed() && (LinkerSymbols.GENERATED.contains(s.name())
                || s.name().equals(DYNAMIC) || s.name().startsWith(".k23.")
                && !s.name().equals(".k23.keys") && !s.name().equals(".k23.wasm"))) {
            problems.add(Problems.SECTION_CONFLICT, "section " + s.name()
                    + " is made by the linker itself; choose another name");
        }
        var made = new OutputSection(s.name(), type, flags);
        byName.put(s.name(), made);
        group(s).add(made);
        return made;
    }

    private List<OutputSection> group(Section s) {
        return switch (s.access()) {
            case EXECUTE -> code;
            case READ -> constants;
            case WRITE -> s.equals(Section.RELRO) || s.equals(Section.HART_LOCALS) ? relro
                    : variables;
            case ZERO -> zeroed;
        };
    }

    /** Places the code; the tables that describe it can be made then. */
    void placeCode() {
        long base = request.layout() instanceof Layout.Exec exec ? exec.text() : 0;
        segments.add(place(Elf.PF_R | Elf.PF_X, code, base));
    }

    /** Places the rest; {@code tables} are the finished {@code .k23.*} sections. */
    void placeRest(List<OutputSection> tables) {
        constants.addAll(tables);
        if (pie) {
            addDynamicSections();
        }
        Layout layout = request.layout();
        OptionalLong fixedRodata = layout instanceof Layout.Exec e ? e.rodata()
                : OptionalLong.empty();
        OptionalLong fixedData = layout instanceof Layout.Exec e ? e.data()
                : OptionalLong.empty();
        long next = pageUp(segments.getFirst().end());
        segments.add(place(Elf.PF_R, constants, fixedRodata.orElse(next)));
        next = pageUp(segments.getLast().end());
        long dataStart = fixedData.orElse(next);
        SegmentPlan relroPlan = place(Elf.PF_R | Elf.PF_W, relro, dataStart);
        relroEnd = pageUp(relroPlan.end());
        List<OutputSection> writable = sections(variables, zeroed);
        SegmentPlan rest = place(Elf.PF_R | Elf.PF_W, writable, relroEnd);
        segments.add(new SegmentPlan(
                Elf.PF_R | Elf.PF_W, sections(relro, writable), dataStart, rest.end()));
        checkOverlap();
        var inOrder = new ArrayList<OutputSection>();
        segments.forEach(s -> inOrder.addAll(s.sections()));
        sections = List.copyOf(inOrder);
    }

    private void addDynamicSections() {
        constants.add(OutputSection.generated(".dynsym", Elf.SHT_DYNSYM, Elf.SHF_ALLOC, 8,
                new byte[Elf.SYMBOL_BYTES]));
        constants.add(OutputSection.generated(".dynstr", Elf.SHT_STRTAB, Elf.SHF_ALLOC, 1,
                new byte[1]));
        // One bucket and one chain entry, both empty (gABI, "Hash Table").
        constants.add(OutputSection.generated(".hash", Elf.SHT_HASH, Elf.SHF_ALLOC, 8,
                new ByteSink().u32(1).u32(1).u32(0).u32(0).toBytes()));
        relro.add(OutputSection.generated(DYNAMIC, Elf.SHT_DYNAMIC,
                Elf.SHF_ALLOC | Elf.SHF_WRITE, 8,
                new byte[DynamicTable.ENTRIES * DynamicTable.ENTRY_BYTES]));
        constants.add(OutputSection.generated(RELATIVE, Elf.SHT_RELR, Elf.SHF_ALLOC, 8,
                new byte[relativeBytes()]));
    }

    /** The size of the table: it tells distances alone, so any page will do as a start. */
    private int relativeBytes() {
        SegmentPlan sealed = place(Elf.PF_R | Elf.PF_W, relro, 0);
        place(Elf.PF_R | Elf.PF_W, variables, pageUp(sealed.end()));
        var places = LongStream.builder();
        for (OutputSection section : sections(relro, variables)) {
            for (int i = 0; i < section.members.size(); i++) {
                long start = section.address + section.memberOffsets.get(i);
                for (Relocation r : section.members.get(i).relocations()) {
                    if (r.kind() == Relocation.Kind.ABS64) {
                        places.add(start + r.offset());
                    }
                }
            }
        }
        return RelativeTable.of(places.build().sorted().toArray()).length;
    }

    private static List<OutputSection> sections(
            List<OutputSection> first, List<OutputSection> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private SegmentPlan place(int flags, List<OutputSection> sections, long base) {
        long at = base;
        for (OutputSection section : sections) {
            at = OutputSection.align(at, section.alignment);
            section.address = at;
            at += section.size;
        }
        return new SegmentPlan(flags, List.copyOf(sections), base, at);
    }

    private void checkAlignment(OutputSection section) {
        if (section.alignment > request.pageBytes()) {
            problems.add(Problems.BAD_LAYOUT, "section " + section.name
                    + " asks for an alignment of " + section.alignment
                    + " bytes, a page has " + request.pageBytes());
        }
    }

    private void checkOverlap() {
        for (int i = 0; i < segments.size(); i++) {
            SegmentPlan plan = segments.get(i);
            plan.sections().forEach(this::checkAlignment);
            if ((plan.address() & (request.pageBytes() - 1)) != 0) {
                problems.add(Problems.BAD_LAYOUT, String.format("the %s segment's address 0x%x is"
                        + " not a multiple of the page size %d", LinkerSymbols.SEGMENTS.get(i),
                        plan.address(), request.pageBytes()));
            }
            if (i > 0 && plan.address() < pageUp(segments.get(i - 1).end())) {
                problems.add(Problems.BAD_LAYOUT, String.format("the %s segment at 0x%x begins"
                        + " before the end 0x%x of the one before; move it up",
                        LinkerSymbols.SEGMENTS.get(i), plan.address(),
                        pageUp(segments.get(i - 1).end())));
            }
        }
        problems.throwIfAny();
    }

    private long pageUp(long address) {
        return OutputSection.align(address, request.pageBytes());
    }

    boolean isPie() {
        return pie;
    }

    int pageBytes() {
        return request.pageBytes();
    }

    /** Code, constants, variables: always these three. */
    List<SegmentPlan> segments() {
        return segments;
    }

    /** All loaded sections by ascending address, empty ones included. */
    List<OutputSection> sections() {
        return sections;
    }

    List<OutputSection> codeSections() {
        return code;
    }

    OutputSection require(String name) {
        return sections.stream().filter(s -> s.name.equals(name)).findFirst().orElseThrow();
    }

    long start() {
        return segments.getFirst().address();
    }

    long end() {
        return pageUp(segments.getLast().end());
    }

    /** Start of the part that is read-only after relocation. */
    long relroStart() {
        return segments.getLast().address();
    }

    /** Its end, a page boundary; equal to the start when there is none. */
    long relroEnd() {
        return relroEnd;
    }

    int dynamicRelocations() {
        return dynamicRelocations;
    }
}
