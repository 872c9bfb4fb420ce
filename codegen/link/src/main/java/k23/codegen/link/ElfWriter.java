package k23.codegen.link;

import java.util.ArrayList;
import java.util.List;

/** Writes the file: headers, the loaded sections, then what only tools read. */
final class ElfWriter {
    /** What disassemblers take the code for (RISC-V ELF psABI, "Attributes"). */
    private static final String ARCHITECTURE = "rv64i2p0_m2p0_a2p0_f2p0_d2p0_c2p0_zicsr2p0"
            + "_zifencei2p0_zba1p0_zbb1p0_zbs1p0";
    private static final int TAG_FILE = 1;
    private static final int TAG_STACK_ALIGN = 4;
    private static final int TAG_ARCH = 5;

    private final LinkRequest request;
    private final ImageLayout layout;
    private final List<Linker.SymbolEntry> symbols;
    private final List<OutputSection> sections = new ArrayList<>();
    private final ByteSink file = new ByteSink();

    ElfWriter(LinkRequest request, ImageLayout layout, List<Linker.SymbolEntry> symbols) {
        this.request = request;
        this.layout = layout;
        this.symbols = symbols;
    }

    byte[] write() {
        var loaded = layout.sections().stream().filter(s -> s.size > 0).toList();
        sections.addAll(loaded);
        OutputSection attributes = unloaded(".riscv.attributes", Elf.SHT_RISCV_ATTRIBUTES, 1,
                attributes());
        sections.add(attributes);
        if (request.debug()) {
            sections.addAll(DebugSections.of(layout, request.entry(), request.structures()));
        }
        for (int i = 0; i < sections.size(); i++) {
            sections.get(i).index = i + 1;
        }
        addSymbolTable();
        assignOffsets();
        List<byte[]> programHeaders = programHeaders(attributes);
        long tableOffset = OutputSection.align(
                sections.getLast().fileOffset + sections.getLast().size, 8);
        writeHeader(programHeaders.size(), tableOffset);
        programHeaders.forEach(file::raw);
        for (OutputSection section : sections) {
            if (!section.isNoBits()) {
                file.padTo(section.fileOffset).raw(section.contents);
            }
        }
        file.padTo(tableOffset);
        writeSectionHeaders();
        return file.toBytes();
    }

    private static OutputSection unloaded(String name, int type, int alignment, byte[] bytes) {
        return OutputSection.generated(name, type, 0, alignment, bytes);
    }

    private static byte[] attributes() {
        var tags = new ByteSink().uleb(TAG_STACK_ALIGN).uleb(16)
                .uleb(TAG_ARCH).cString(ARCHITECTURE).toBytes();
        var sub = new ByteSink().uleb(TAG_FILE).u32(5 + tags.length).raw(tags).toBytes();
        String vendor = "riscv";
        return new ByteSink().u8('A').u32(4 + vendor.length() + 1 + sub.length)
                .cString(vendor).raw(sub).toBytes();
    }

    private void addSymbolTable() {
        var names = new ByteSink().u8(0);
        var table = new ByteSink().padTo(Elf.SYMBOL_BYTES);
        int locals = 1;
        for (boolean global : new boolean[] {false, true}) {
            for (Linker.SymbolEntry s : symbols) {
                if (s.global() != global) {
                    continue;
                }
                locals += global ? 0 : 1;
                int binding = global ? Elf.STB_GLOBAL : Elf.STB_LOCAL;
                // A symbol of a template tells the distance from its start.
                boolean isLocal = (s.section().flags & Elf.SHF_TLS) != 0;
                table.u32(names.size()).u8(binding << 4 | (isLocal ? Elf.STT_TLS : s.type())).u8(0)
                        .u16(s.section().index == 0 ? Elf.SHN_ABS : s.section().index)
                        .u64(isLocal ? s.address() - s.section().address : s.address())
                        .u64(s.size());
                names.cString(s.name());
            }
        }
        OutputSection symtab = unloaded(".symtab", Elf.SHT_SYMTAB, 8, table.toBytes());
        symtab.localSymbols = locals;
        sections.add(symtab);
        sections.add(unloaded(".strtab", Elf.SHT_STRTAB, 1, names.toBytes()));
        sections.add(unloaded(".shstrtab", Elf.SHT_STRTAB, 1, new byte[0]));
        var headerNames = new ByteSink().u8(0);
        sections.forEach(s -> headerNames.cString(s.name));
        sections.getLast().fill(headerNames.toBytes());
        for (int i = 0; i < sections.size(); i++) {
            sections.get(i).index = i + 1;
        }
    }

    /** Loaded sections keep their distance within a page: pages of the file can be mapped. */
    private void assignOffsets() {
        long offset = Elf.HEADER_BYTES;
        long page = layout.pageBytes();
        for (SegmentPlan plan : layout.segments()) {
            offset = OutputSection.align(offset, page);
            for (OutputSection section : plan.sections()) {
                section.fileOffset = offset + (section.address - plan.address());
            }
            offset += plan.fileBytes();
        }
        for (OutputSection section : sections) {
            if ((section.flags & Elf.SHF_ALLOC) == 0) {
                section.fileOffset = OutputSection.align(offset, section.alignment);
                offset = section.fileOffset + section.size;
            }
        }
    }

    private List<byte[]> programHeaders(OutputSection attributes) {
        var result = new ArrayList<byte[]>();
        for (SegmentPlan plan : layout.segments()) {
            if (!plan.isEmpty()) {
                long offset = plan.sections().getFirst().fileOffset
                        - (plan.sections().getFirst().address - plan.address());
                result.add(programHeader(Elf.PT_LOAD, plan.flags(), offset, plan.address(),
                        plan.fileBytes(), plan.memoryBytes(), layout.pageBytes()));
            }
        }
        for (OutputSection section : layout.sections()) {
            if ((section.flags & Elf.SHF_TLS) != 0) {
                result.add(programHeader(Elf.PT_TLS, Elf.PF_R, section.fileOffset,
                        section.address, section.size, section.size, section.alignment));
            }
        }
        if (layout.isPie()) {
            OutputSection d = layout.require(".dynamic");
            result.add(programHeader(Elf.PT_DYNAMIC, Elf.PF_R | Elf.PF_W, d.fileOffset,
                    d.address, d.size, d.size, 8));
            SegmentPlan data = layout.segments().getLast();
            // The last page is sealed whole: what follows the dynamic table there is padding.
            long bytes = Math.min(layout.relroEnd(), data.end()) - layout.relroStart();
            OutputSection first = data.sections().getFirst();
            result.add(programHeader(Elf.PT_GNU_RELRO, Elf.PF_R,
                    first.fileOffset - (first.address - data.address()), layout.relroStart(),
                    Math.min(bytes, data.fileBytes()), bytes, 1));
        }
        result.add(programHeader(Elf.PT_GNU_STACK, Elf.PF_R | Elf.PF_W, 0, 0, 0, 0, 16));
        result.add(programHeader(Elf.PT_RISCV_ATTRIBUTES, Elf.PF_R, attributes.fileOffset, 0,
                attributes.size, 0, 1));
        return result;
    }

    private static byte[] programHeader(int type, int flags, long offset, long address,
            long fileBytes, long memBytes, long alignment) {
        return new ByteSink().u32(type).u32(flags).u64(offset).u64(address).u64(address)
                .u64(fileBytes).u64(memBytes).u64(alignment).toBytes();
    }

    private void writeHeader(int programHeaders, long sectionTable) {
        int type = layout.isPie() ? Elf.ET_DYN : Elf.ET_EXEC;
        long entry = symbols.stream().filter(s -> s.name().equals(request.entry()))
                .findFirst().orElseThrow().address();
        file.u8(0x7f).u8('E').u8('L').u8('F').u8(2).u8(1).u8(1).u8(0).u64(0);
        file.u16(type).u16(Elf.EM_RISCV).u32(1).u64(entry).u64(Elf.HEADER_BYTES)
                .u64(sectionTable).u32(Elf.EF_RISCV_RVC | Elf.EF_RISCV_FLOAT_ABI_DOUBLE)
                .u16(Elf.HEADER_BYTES).u16(Elf.PROGRAM_HEADER_BYTES).u16(programHeaders)
                .u16(Elf.SECTION_HEADER_BYTES).u16(sections.size() + 1).u16(sections.size());
    }

    private void writeSectionHeaders() {
        file.padTo(file.size() + (long) Elf.SECTION_HEADER_BYTES);
        int name = 1;
        for (OutputSection s : sections) {
            file.u32(name).u32(s.type).u64(s.flags).u64(s.address).u64(s.fileOffset).u64(s.size)
                    .u32(link(s)).u32(s.type == Elf.SHT_SYMTAB ? s.localSymbols
                            : s.type == Elf.SHT_DYNSYM ? 1 : 0)
                    .u64(s.alignment).u64(entryBytes(s));
            name += s.name.length() + 1;
        }
    }

    private int link(OutputSection s) {
        return switch (s.type) {
            case Elf.SHT_SYMTAB -> s.index + 1;
            case Elf.SHT_DYNSYM, Elf.SHT_DYNAMIC -> layout.require(".dynstr").index;
            case Elf.SHT_HASH -> layout.require(".dynsym").index;
            default -> 0;
        };
    }

    private static long entryBytes(OutputSection s) {
        return switch (s.type) {
            case Elf.SHT_SYMTAB, Elf.SHT_DYNSYM -> Elf.SYMBOL_BYTES;
            case Elf.SHT_RELR -> RelativeTable.ENTRY_BYTES;
            case Elf.SHT_DYNAMIC -> DynamicTable.ENTRY_BYTES;
            case Elf.SHT_HASH -> 4;
            default -> 0;
        };
    }
}
