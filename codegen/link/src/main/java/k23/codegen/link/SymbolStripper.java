package k23.codegen.link;

import java.util.Arrays;
import java.util.List;

/** Takes the symbol table off a file: debuggers read it, nothing that runs does. */
public final class SymbolStripper {
    private static final int SECTION_TABLE_AT = 40;
    private static final int SECTION_COUNT_AT = 60;
    private static final int NAMES_INDEX_AT = 62;
    private static final int OFFSET_IN_HEADER = 24;

    private SymbolStripper() {}

    /**
     * {@code elf} without {@code .symtab} and {@code .strtab}, where they are the last sections but
     * one, as the {@link Linker} writes them; otherwise, and where it is no ELF file, {@code elf}.
     */
    public static byte[] strip(byte[] elf) {
        ElfFile file;
        try {
            file = ElfFile.parse(elf);
        } catch (ElfFormatException e) {
            return elf;
        }
        List<ElfFile.Section> sections = file.sections();
        int last = sections.size() - 1;
        if (last < 3 || !sections.get(last - 2).name().equals(".symtab")
                || !sections.get(last - 1).name().equals(".strtab")
                || !sections.get(last).name().equals(".shstrtab")) {
            return elf;
        }
        var out = new ByteSink();
        int end = Math.toIntExact(sections.get(last - 2).offset());
        out.raw(Arrays.copyOf(elf, end)).raw(file.contents(sections.get(last))).align(8);
        int table = out.size();
        long oldTable = LittleEndian.getLong(elf, SECTION_TABLE_AT);
        for (int i = 0; i <= last; i++) {
            if (i < last - 2 || i == last) {
                int at = (int) oldTable + i * Elf.SECTION_HEADER_BYTES;
                out.raw(Arrays.copyOfRange(elf, at, at + Elf.SECTION_HEADER_BYTES));
            }
        }
        byte[] result = out.toBytes();
        LittleEndian.putLong(result, SECTION_TABLE_AT, table);
        LittleEndian.putShort(result, SECTION_COUNT_AT, last - 1);
        LittleEndian.putShort(result, NAMES_INDEX_AT, last - 2);
        LittleEndian.putLong(result, table + (last - 2) * Elf.SECTION_HEADER_BYTES
                + OFFSET_IN_HEADER, end);
        return result;
    }
}
