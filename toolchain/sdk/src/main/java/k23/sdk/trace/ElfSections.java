package k23.sdk.trace;

import k23.sdk.NoAllocation;
import k23.sdk.word.Span;

/**
 * The section headers of an ELF64 file (System V ABI, chapter "Object Files"), read with every
 * offset checked against the file.
 *
 * @param elf     the file; empty when it has no valid section headers
 * @param headers the section headers
 * @param names   the section with the names
 */
@NoAllocation
record ElfSections(Span elf, Span headers, Span names) {
    private static final int MAGIC = 0x464C457F;
    private static final int FILE_HEADER_BYTES = 64;
    private static final int HEADER_BYTES = 64;
    private static final ElfSections NONE = new ElfSections(Span.EMPTY, Span.EMPTY, Span.EMPTY);

    static ElfSections of(Span elf) {
        if (elf.length() < FILE_HEADER_BYTES || elf.getInt(0) != MAGIC) {
            return NONE;
        }
        long offset = elf.getLong(40);
        long bytes = (long) elf.getUnsignedShort(60) * HEADER_BYTES;
        if (elf.getUnsignedShort(58) != HEADER_BYTES || !elf.contains(offset, bytes)) {
            return NONE;
        }
        ElfSections nameless = new ElfSections(elf, elf.slice(offset, bytes), Span.EMPTY);
        Span names = nameless.contents(elf.getUnsignedShort(62));
        return new ElfSections(elf, nameless.headers, names);
    }

    /** The index of the section {@code name}, or -1. */
    int find(String name) {
        int count = (int) (headers.length() / HEADER_BYTES);
        for (int i = 0; i < count; i++) {
            if (isNamed(i, name)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isNamed(int index, String name) {
        long at = headers.getInt((long) index * HEADER_BYTES) & 0xffffffffL;
        if (!names.contains(at, name.length() + 1)) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (names.getUnsignedByte(at + i) != name.charAt(i)) {
                return false;
            }
        }
        return names.getUnsignedByte(at + name.length()) == 0;
    }

    /** The contents of the section {@code name}; empty when there is none. */
    Span named(String name) {
        return contents(find(name));
    }

    /** The address at which section {@code index} is loaded. */
    long address(int index) {
        return headers.getLong((long) index * HEADER_BYTES + 16);
    }

    /** The size of section {@code index} in bytes. */
    long bytes(int index) {
        return headers.getLong((long) index * HEADER_BYTES + 32);
    }

    private Span contents(int index) {
        if (!headers.contains((long) index * HEADER_BYTES, HEADER_BYTES)) {
            return Span.EMPTY;
        }
        long offset = headers.getLong((long) index * HEADER_BYTES + 24);
        return elf.contains(offset, bytes(index)) ? elf.slice(offset, bytes(index)) : Span.EMPTY;
    }
}
