package k23.codegen.link;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Makes one ELF file of many definitions. */
public final class Linker {
    private Linker() { }

    /**
     * Links a program.
     *
     * @param request what to link, and how
     * @return the file and what is in it; the same request gives the same bytes
     * @throws LinkException if the definitions do not make a program; all reasons are listed
     */
    public static LinkedImage link(LinkRequest request) {
        var problems = new Problems();
        Selection selection = Selection.of(request, problems);
        var layout = new ImageLayout(request, selection, problems);
        layout.placeCode();
        layout.placeRest(CodeTables.of(layout.codeSections()));
        Map<Definition, Long> addresses = addresses(layout);
        layout.sections().forEach(OutputSection::copyMembers);
        var relocator = new Relocator(request, layout, selection, addresses, problems);
        layout.sections().forEach(relocator::relocate);
        problems.throwIfAny();
        if (layout.isPie()) {
            layout.require(ImageLayout.RELATIVE).fill(relocator.dynamicTable());
            layout.require(".dynamic").fill(DynamicTable.contents(layout));
        }
        List<SymbolEntry> symbols = symbols(layout, selection, addresses);
        byte[] elf = new ElfWriter(request, layout, symbols).write();
        return describe(layout, selection, symbols, relocator, elf);
    }

    private static Map<Definition, Long> addresses(ImageLayout layout) {
        var result = new IdentityHashMap<Definition, Long>();
        for (OutputSection section : layout.sections()) {
            for (int i = 0; i < section.members.size(); i++) {
                result.put(section.members.get(i),
                        section.address + section.memberOffsets.get(i));
            }
        }
        return result;
    }

    private static List<SymbolEntry> symbols(ImageLayout layout, Selection selection,
            Map<Definition, Long> addresses) {
        var result = new ArrayList<SymbolEntry>();
        for (OutputSection section : layout.sections()) {
            for (Definition d : section.members) {
                long address = addresses.get(d);
                boolean global = d.binding() == Definition.Binding.GLOBAL;
                int type = d.kind() == Definition.Kind.FUNCTION ? Elf.STT_FUNC : Elf.STT_OBJECT;
                result.add(new SymbolEntry(d.name(), address, d.size(), type, global, section));
                for (InnerSymbol inner : d.inner()) {
                    result.add(new SymbolEntry(inner.name(), address + inner.offset(), 0, type,
                            global, section));
                }
            }
        }
        Map<String, Long> defined = LinkerSymbols.addresses(layout);
        for (String name : selection.linkerNames()) {
            long address = defined.get(name);
            result.add(new SymbolEntry(name, address, 0, Elf.STT_NOTYPE, true,
                    holder(layout, address)));
        }
        result.sort(Comparator.comparingLong(SymbolEntry::address));
        return result;
    }

    /** The written section nearest below an address: a symbol at an end belongs to it. */
    private static OutputSection holder(ImageLayout layout, long address) {
        OutputSection best = layout.codeSections().getFirst();
        for (OutputSection section : layout.sections()) {
            if (section.size > 0 && section.address <= address) {
                best = section;
            }
        }
        return best;
    }

    private static LinkedImage describe(ImageLayout layout, Selection selection,
            List<SymbolEntry> symbols, Relocator relocator, byte[] elf) {
        var segments = new ArrayList<LinkedImage.Segment>();
        for (SegmentPlan plan : layout.segments()) {
            if (!plan.isEmpty()) {
                segments.add(new LinkedImage.Segment(plan.address(), plan.end() - plan.address(),
                        plan.fileBytes(), (plan.flags() & Elf.PF_W) != 0,
                        (plan.flags() & Elf.PF_X) != 0));
            }
        }
        var sections = new ArrayList<LinkedImage.PlacedSection>();
        long tables = 0;
        long constants = 0;
        long variables = 0;
        long zeroed = 0;
        for (OutputSection s : layout.sections()) {
            if (s.size == 0) {
                continue;
            }
            sections.add(new LinkedImage.PlacedSection(s.name, s.address, s.size));
            boolean isTable = LinkerSymbols.GENERATED.contains(s.name)
                    && s.name.startsWith(".k23.");
            tables += isTable ? s.size : 0;
            zeroed += s.isNoBits() ? s.size : 0;
            boolean isVariable = (s.flags & Elf.SHF_WRITE) != 0 && !s.isNoBits()
                    && s.address >= layout.relroEnd();
            variables += isVariable ? s.size : 0;
            boolean isCode = (s.flags & Elf.SHF_EXECINSTR) != 0;
            constants += isTable || s.isNoBits() || isVariable || isCode ? 0 : s.size;
        }
        SegmentPlan code = layout.segments().getFirst();
        var report = new LinkedImage.Report(code.end() - code.address(), constants, variables,
                zeroed, tables, elf.length, selection.kept().size(), selection.dropped(),
                relocator.resolved(), layout.dynamicRelocations());
        List<LinkedImage.Symbol> named = symbols.stream().map(s -> new LinkedImage.Symbol(
                s.name(), s.address(), s.size(), s.section().name)).toList();
        return new LinkedImage(elf, named, List.copyOf(sections), List.copyOf(segments), report);
    }

    /** A line of the symbol table. */
    record SymbolEntry(String name, long address, long size, int type, boolean global,
            OutputSection section) { }
}
