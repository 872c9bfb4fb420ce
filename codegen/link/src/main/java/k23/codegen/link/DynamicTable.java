package k23.codegen.link;

/** The dynamic section of a static position-independent image (gABI, "Dynamic Section"). */
final class DynamicTable {
    static final int ENTRIES = 10;
    static final int ENTRY_BYTES = 16;

    private DynamicTable() { }

    static byte[] contents(ImageLayout layout) {
        OutputSection relative = layout.require(ImageLayout.RELATIVE);
        OutputSection strings = layout.require(".dynstr");
        var sink = new ByteSink();
        entry(sink, Elf.DT_HASH, layout.require(".hash").address);
        entry(sink, Elf.DT_STRTAB, strings.address);
        entry(sink, Elf.DT_SYMTAB, layout.require(".dynsym").address);
        entry(sink, Elf.DT_STRSZ, strings.size);
        entry(sink, Elf.DT_SYMENT, Elf.SYMBOL_BYTES);
        entry(sink, Elf.DT_RELR, relative.address);
        entry(sink, Elf.DT_RELRSZ, relative.size);
        entry(sink, Elf.DT_RELRENT, RelativeTable.ENTRY_BYTES);
        entry(sink, Elf.DT_FLAGS_1, Elf.DF_1_PIE);
        entry(sink, Elf.DT_NULL, 0);
        return sink.toBytes();
    }

    private static void entry(ByteSink sink, long tag, long value) {
        sink.u64(tag).u64(value);
    }
}
