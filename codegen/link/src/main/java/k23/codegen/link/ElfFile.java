package k23.codegen.link;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A parsed ELF64 RISC-V file. Whoever holds one knows that all offsets, sizes and indexes that it
 * shows lie inside the file.
 *
 * @param bytes    the file; not copied
 * @param kind     fixed or position-independent
 * @param entry    address at which it starts
 * @param segments the program headers
 * @param sections the section headers, the null section included
 * @param symbols  {@code .symtab}, without the null symbol; empty when stripped
 */
public record ElfFile(byte[] bytes, Kind kind, long entry, List<Segment> segments,
        List<Section> sections, List<Symbol> symbols) {

    /** ET_EXEC, ET_DYN or ET_REL. */
    public enum Kind { EXECUTABLE, POSITION_INDEPENDENT, RELOCATABLE }

    /**
     * A program header.
     *
     * @param type      PT_*, see {@link #isLoad()}
     * @param flags     1 execute, 2 write, 4 read
     * @param offset    in the file
     * @param address   in memory
     * @param fileBytes bytes in the file
     * @param memBytes  bytes in memory, at least {@code fileBytes}
     * @param alignment of address and offset
     */
    public record Segment(int type, int flags, long offset, long address, long fileBytes,
            long memBytes, long alignment) {
        /** Whether it is to be mapped. */
        public boolean isLoad() {
            return type == Elf.PT_LOAD;
        }

        /** Whether it is the range that is read-only after relocation. */
        public boolean isRelro() {
            return type == Elf.PT_GNU_RELRO;
        }

        /** Whether the program may write it. */
        public boolean isWritable() {
            return (flags & Elf.PF_W) != 0;
        }

        /** Whether the program may execute it. */
        public boolean isExecutable() {
            return (flags & Elf.PF_X) != 0;
        }
    }

    /**
     * A section header.
     *
     * @param name    its name
     * @param type    SHT_*
     * @param flags   1 write, 2 loaded, 4 execute
     * @param address in memory, 0 when not loaded
     * @param offset  in the file
     * @param size    in bytes
     */
    public record Section(String name, int type, long flags, long address, long offset,
            long size) {
        /** Whether the file holds its bytes. */
        public boolean hasBytes() {
            return type != Elf.SHT_NOBITS && type != 0;
        }
    }

    /**
     * A symbol.
     *
     * @param name     its name
     * @param address  its value
     * @param size     in bytes
     * @param function whether it is a function
     * @param global   whether it is visible to others
     * @param section  index of its section
     */
    public record Symbol(String name, long address, long size, boolean function, boolean global,
            int section) { }

    /**
     * Reads a file.
     *
     * @throws ElfFormatException if it is malformed, or not for 64-bit RISC-V
     */
    public static ElfFile parse(byte[] bytes) {
        return new Reader(bytes).read();
    }

    /** The first section of this name. */
    public Optional<Section> section(String name) {
        return sections.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /** The first symbol of this name. */
    public Optional<Symbol> symbol(String name) {
        return symbols.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /** A copy of a section's bytes; zeros where the file holds none. */
    public byte[] contents(Section section) {
        if (!section.hasBytes()) {
            return new byte[Math.toIntExact(section.size())];
        }
        int from = (int) section.offset();
        return Arrays.copyOfRange(bytes, from, from + (int) section.size());
    }

    /** A copy of the bytes that the file holds of a segment. */
    public byte[] contents(Segment segment) {
        int from = (int) segment.offset();
        return Arrays.copyOfRange(bytes, from, from + (int) segment.fileBytes());
    }

    /**
     * The place in the file of a loaded address.
     *
     * @return the offset, or empty when no segment holds bytes for all of {@code size}
     */
    public Optional<Integer> fileOffset(long address, long size) {
        return segments.stream()
                .filter(s -> s.isLoad() && address >= s.address()
                        && size <= s.fileBytes() && address - s.address() <= s.fileBytes() - size)
                .map(s -> (int) (s.offset() + address - s.address())).findFirst();
    }

    /**
     * The image as it lies in memory: segments at their distance from the lowest, zero where the
     * file holds nothing, up to the end of the last segment.
     */
    public byte[] flatten() {
        List<Segment> loads = segments.stream().filter(Segment::isLoad).toList();
        long start = loads.stream().mapToLong(Segment::address).min().orElse(0);
        long end = loads.stream().mapToLong(s -> s.address() + s.memBytes()).max().orElse(0);
        if (end - start > Integer.MAX_VALUE - 8) {
            throw new ElfFormatException("segments spread over " + (end - start)
                    + " bytes, too far apart for a flat image");
        }
        byte[] result = new byte[(int) (end - start)];
        for (Segment s : loads) {
            System.arraycopy(bytes, (int) s.offset(), result, (int) (s.address() - start),
                    (int) s.fileBytes());
        }
        return result;
    }

    /** Reads headers and tables with every bound checked before use. */
    private static final class Reader {
        private static final int ELF_MAGIC = 0x464c457f;
        private static final int CLASS64_LITTLE_ENDIAN_V1 = 0x00010102;
        private static final int MAX_SECTIONS = 0xff00;

        private final byte[] bytes;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        ElfFile read() {
            check(bytes.length >= Elf.HEADER_BYTES, "it has only %d bytes", bytes.length);
            check(LittleEndian.getInt(bytes, 0) == ELF_MAGIC, "no ELF magic");
            check((LittleEndian.getInt(bytes, 4) & 0xffffff) == CLASS64_LITTLE_ENDIAN_V1,
                    "not 64-bit little-endian version 1");
            int machine = LittleEndian.getShort(bytes, 18);
            check(machine == Elf.EM_RISCV, "machine %d is not RISC-V", machine);
            int type = LittleEndian.getShort(bytes, 16);
            Kind kind = switch (type) {
                case 1 -> Kind.RELOCATABLE;
                case Elf.ET_EXEC -> Kind.EXECUTABLE;
                case Elf.ET_DYN -> Kind.POSITION_INDEPENDENT;
                default -> throw new ElfFormatException("type " + type);
            };
            List<Section> sections = sections();
            return new ElfFile(bytes, kind, LittleEndian.getLong(bytes, 24), segments(),
                    sections, symbols(sections));
        }

        private static void check(boolean holds, String format, Object... values) {
            if (!holds) {
                throw new ElfFormatException(String.format(format, values));
            }
        }

        private void checkRange(long offset, long size, String what) {
            check(offset >= 0 && size >= 0 && offset <= bytes.length
                    && size <= bytes.length - offset,
                    "%s at 0x%x with 0x%x bytes lies outside the file of 0x%x bytes", what,
                    offset, size, bytes.length);
        }

        private List<Segment> segments() {
            int count = LittleEndian.getShort(bytes, 56);
            long table = LittleEndian.getLong(bytes, 32);
            check(count == 0 || LittleEndian.getShort(bytes, 54) == Elf.PROGRAM_HEADER_BYTES,
                    "program headers of %d bytes", LittleEndian.getShort(bytes, 54));
            checkRange(table, (long) count * Elf.PROGRAM_HEADER_BYTES, "program header table");
            var result = new ArrayList<Segment>(count);
            for (int i = 0; i < count; i++) {
                int at = (int) table + i * Elf.PROGRAM_HEADER_BYTES;
                var s = new Segment(LittleEndian.getInt(bytes, at),
                        LittleEndian.getInt(bytes, at + 4), LittleEndian.getLong(bytes, at + 8),
                        LittleEndian.getLong(bytes, at + 16), LittleEndian.getLong(bytes, at + 32),
                        LittleEndian.getLong(bytes, at + 40), LittleEndian.getLong(bytes, at + 48));
                checkRange(s.offset(), s.fileBytes(), "segment " + i);
                check(!s.isLoad() || s.memBytes() >= s.fileBytes()
                        && s.address() + s.memBytes() >= s.address(),
                        "segment %d holds 0x%x bytes of the file in 0x%x bytes of memory at 0x%x",
                        i, s.fileBytes(), s.memBytes(), s.address());
                result.add(s);
            }
            return List.copyOf(result);
        }

        private List<Section> sections() {
            int count = LittleEndian.getShort(bytes, 60);
            long table = LittleEndian.getLong(bytes, 40);
            int namesIndex = LittleEndian.getShort(bytes, 62);
            if (count == 0) {
                return List.of();
            }
            check(count < MAX_SECTIONS && namesIndex < count, "%d sections, names in %d", count,
                    namesIndex);
            check(LittleEndian.getShort(bytes, 58) == Elf.SECTION_HEADER_BYTES,
                    "section headers of %d bytes", LittleEndian.getShort(bytes, 58));
            checkRange(table, (long) count * Elf.SECTION_HEADER_BYTES, "section header table");
            Section names = header((int) table, namesIndex, "");
            checkRange(names.offset(), names.size(), "table of section names");
            var result = new ArrayList<Section>(count);
            for (int i = 0; i < count; i++) {
                int nameAt = LittleEndian.getInt(bytes,
                        (int) table + i * Elf.SECTION_HEADER_BYTES);
                Section s = header((int) table, i, string(names, nameAt));
                if (s.hasBytes()) {
                    checkRange(s.offset(), s.size(), "section " + s.name());
                }
                result.add(s);
            }
            return List.copyOf(result);
        }

        private Section header(int table, int index, String name) {
            int at = table + index * Elf.SECTION_HEADER_BYTES;
            return new Section(name, LittleEndian.getInt(bytes, at + 4),
                    LittleEndian.getLong(bytes, at + 8), LittleEndian.getLong(bytes, at + 16),
                    LittleEndian.getLong(bytes, at + 24), LittleEndian.getLong(bytes, at + 32));
        }

        private String string(Section table, int offset) {
            check(offset >= 0 && offset < table.size(), "string offset 0x%x in a table of 0x%x",
                    offset, table.size());
            int from = (int) table.offset() + offset;
            int limit = (int) (table.offset() + table.size());
            int end = from;
            while (end < limit && bytes[end] != 0) {
                end++;
            }
            check(end < limit, "a string at 0x%x does not end", from);
            return new String(bytes, from, end - from, StandardCharsets.UTF_8);
        }

        private List<Symbol> symbols(List<Section> sections) {
            var result = new ArrayList<Symbol>();
            for (int i = 0; i < sections.size(); i++) {
                Section table = sections.get(i);
                if (table.type() != Elf.SHT_SYMTAB) {
                    continue;
                }
                int link = LittleEndian.getInt(bytes, (int) LittleEndian.getLong(bytes, 40)
                        + i * Elf.SECTION_HEADER_BYTES + 40);
                check(link >= 0 && link < sections.size()
                        && sections.get(link).type() == Elf.SHT_STRTAB,
                        "the names of %s are in section %d", table.name(), link);
                for (long at = Elf.SYMBOL_BYTES; at + Elf.SYMBOL_BYTES <= table.size();
                        at += Elf.SYMBOL_BYTES) {
                    result.add(symbol((int) (table.offset() + at), sections.get(link)));
                }
            }
            return List.copyOf(result);
        }

        private Symbol symbol(int at, Section names) {
            int info = bytes[at + 4];
            return new Symbol(string(names, LittleEndian.getInt(bytes, at)),
                    LittleEndian.getLong(bytes, at + 8), LittleEndian.getLong(bytes, at + 16),
                    (info & 0xf) == Elf.STT_FUNC, info >> 4 == Elf.STB_GLOBAL,
                    LittleEndian.getShort(bytes, at + 6));
        }
    }
}
