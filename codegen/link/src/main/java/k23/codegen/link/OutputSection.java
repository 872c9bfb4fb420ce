package k23.codegen.link;

import java.util.ArrayList;
import java.util.List;

/** A section of the file while it is put together. */
final class OutputSection {
    final String name;
    final int type;
    final long flags;
    final List<Definition> members = new ArrayList<>();
    final List<Long> memberOffsets = new ArrayList<>();
    int alignment = 1;
    /** The symbol table's count of local symbols, the first entry included. */
    int localSymbols;
    long address;
    long size;
    long fileOffset;
    /** Contents; null for {@link Elf#SHT_NOBITS} and until the members are copied. */
    byte[] contents;
    /** Index in the section header table, 0 while or when it is not written. */
    int index;

    OutputSection(String name, int type, long flags) {
        this.name = name;
        this.type = type;
        this.flags = flags;
    }

    /** A section whose contents the linker makes itself. */
    static OutputSection generated(String name, int type, long flags, int alignment,
            byte[] contents) {
        var section = new OutputSection(name, type, flags);
        section.alignment = alignment;
        section.fill(contents);
        return section;
    }

    void fill(byte[] bytes) {
        contents = bytes;
        size = bytes.length;
    }

    /** Appends a definition behind the others, at its alignment. */
    void add(Definition definition) {
        long at = align(size, definition.alignment());
        members.add(definition);
        memberOffsets.add(at);
        alignment = Math.max(alignment, definition.alignment());
        size = at + definition.size();
    }

    boolean isNoBits() {
        return type == Elf.SHT_NOBITS;
    }

    long end() {
        return address + size;
    }

    /** Copies the members' bytes; between them stands zero, an illegal instruction. */
    void copyMembers() {
        if (isNoBits() || contents != null) {
            return;
        }
        contents = new byte[Math.toIntExact(size)];
        for (int i = 0; i < members.size(); i++) {
            byte[] bytes = members.get(i).bytes();
            System.arraycopy(bytes, 0, contents, memberOffsets.get(i).intValue(), bytes.length);
        }
    }

    static long align(long value, long alignment) {
        return (value + alignment - 1) & -alignment;
    }
}
