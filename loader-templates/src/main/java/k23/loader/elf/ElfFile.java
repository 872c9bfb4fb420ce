package k23.loader.elf;

import k23.sdk.word.Span;

/**
 * A view of an ELF64 file for RISC-V (System V gABI, chapters "ELF Header" and "Program Header").
 * {@link #check} must have been {@link ElfProblem#NONE} before anything else is asked; then every
 * segment lies inside the file and inside the bounds that the checks name.
 *
 * @param bytes the whole file
 */
public record ElfFile(Span bytes) {
    /** A loadable segment. */
    public static final int PT_LOAD = 1;
    /** The dynamic table. */
    public static final int PT_DYNAMIC = 2;
    /** What each hart has its own copy of. */
    public static final int PT_TLS = 7;
    /** What is to become read-only after relocation. */
    public static final int PT_GNU_RELRO = 0x6474e552;
    /** Segment flag: executable. */
    public static final int PF_X = 1;
    /** Segment flag: writable. */
    public static final int PF_W = 2;

    /** The most segments that a payload may have. */
    public static final int MAX_SEGMENTS = 32;
    /** The largest image that a payload may ask for, in bytes of address space. */
    public static final long MAX_IMAGE_BYTES = 256L << 20;

    private static final int HEADER_BYTES = 64;
    private static final int SEGMENT_BYTES = 56;
    private static final int SECTION_BYTES = 64;
    private static final int MAX_SECTIONS = 256;
    private static final int MAGIC = 0x464c457f;
    private static final int CLASS_64_LITTLE_V1 = 0x010102;
    private static final int ET_EXEC = 2;
    private static final int ET_DYN = 3;
    private static final int EM_RISCV = 243;
    private static final long PAGE = 4096;

    /** The first thing wrong with this file, or {@link ElfProblem#NONE}. */
    public ElfProblem check() {
        if (bytes.length() < HEADER_BYTES || bytes.getInt(0) != MAGIC
                || (bytes.getInt(4) & 0xffffff) != CLASS_64_LITTLE_V1) {
            return ElfProblem.NOT_ELF64;
        }
        if (bytes.getUnsignedShort(18) != EM_RISCV) {
            return ElfProblem.NOT_RISCV;
        }
        int type = bytes.getUnsignedShort(16);
        if (type != ET_EXEC && type != ET_DYN) {
            return ElfProblem.NOT_EXECUTABLE;
        }
        if (bytes.getUnsignedShort(54) != SEGMENT_BYTES || segments() > MAX_SEGMENTS
                || !bytes.contains(segmentTable(), (long) segments() * SEGMENT_BYTES)) {
            return ElfProblem.BAD_SEGMENT_TABLE;
        }
        return checkSegments();
    }

    private ElfProblem checkSegments() {
        long behind = 0;
        boolean entryIsCode = false;
        boolean first = true;
        for (int i = 0; i < segments(); i++) {
            if (type(i) != PT_LOAD) {
                continue;
            }
            if (!bytes.contains(fileOffset(i), fileBytes(i)) || memoryBytes(i) < fileBytes(i)
                    || memoryBytes(i) > MAX_IMAGE_BYTES) {
                return ElfProblem.SEGMENT_OUTSIDE_FILE;
            }
            long start = address(i) & -PAGE;
            // An address so high that the segment, rounded up to pages, might wrap around.
            if (!first && Long.compareUnsigned(start, behind) < 0
                    || Long.compareUnsigned(address(i), -MAX_IMAGE_BYTES - PAGE) > 0) {
                return ElfProblem.SEGMENTS_OVERLAP;
            }
            if ((flags(i) & PF_W) != 0 && (flags(i) & PF_X) != 0) {
                return ElfProblem.WRITABLE_AND_EXECUTABLE;
            }
            entryIsCode |= (flags(i) & PF_X) != 0 && entry() - address(i) >= 0
                    && entry() - address(i) < fileBytes(i);
            behind = address(i) + memoryBytes(i) + PAGE - 1 & -PAGE;
            first = false;
        }
        if (first || Long.compareUnsigned(imageBytes(), MAX_IMAGE_BYTES) > 0) {
            return ElfProblem.IMAGE_TOO_LARGE;
        }
        return entryIsCode ? ElfProblem.NONE : ElfProblem.ENTRY_OUTSIDE_CODE;
    }

    /** Whether the file may be placed at any address. */
    public boolean isPositionIndependent() {
        return bytes.getUnsignedShort(16) == ET_DYN;
    }

    /** The address of the first instruction. */
    public long entry() {
        return bytes.getLong(24);
    }

    private long segmentTable() {
        return bytes.getLong(32);
    }

    /** The number of program headers. */
    public int segments() {
        return bytes.getUnsignedShort(56);
    }

    private long header(int segment) {
        return segmentTable() + (long) segment * SEGMENT_BYTES;
    }

    /** The type of a segment: one of the {@code PT} constants or anything else. */
    public int type(int segment) {
        return bytes.getInt(header(segment));
    }

    /** The rights of a segment: a set of {@code PF} bits. */
    public int flags(int segment) {
        return bytes.getInt(header(segment) + 4);
    }

    /** Where a segment's contents start in the file. */
    public long fileOffset(int segment) {
        return bytes.getLong(header(segment) + 8);
    }

    /** The address of a segment's first byte. */
    public long address(int segment) {
        return bytes.getLong(header(segment) + 16);
    }

    /** How many bytes of a segment are in the file. */
    public long fileBytes(int segment) {
        return bytes.getLong(header(segment) + 32);
    }

    /** How many bytes a segment has in memory; those behind the file's are zero. */
    public long memoryBytes(int segment) {
        return bytes.getLong(header(segment) + 40);
    }

    /** The contents of a segment. */
    public Span contents(int segment) {
        return bytes.slice(fileOffset(segment), fileBytes(segment));
    }

    /** The lowest address of any loadable segment, rounded down to a page. */
    public long imageStart() {
        for (int i = 0; i < segments(); i++) {
            if (type(i) == PT_LOAD) {
                return address(i) & -PAGE;
            }
        }
        return 0;
    }

    /** The bytes of address space from the first to the last loadable segment, in pages. */
    public long imageBytes() {
        long end = imageStart();
        for (int i = 0; i < segments(); i++) {
            if (type(i) == PT_LOAD) {
                end = address(i) + memoryBytes(i) + PAGE - 1 & -PAGE;
            }
        }
        return end - imageStart();
    }

    /** The segment of type {@code type}, or -1. */
    public int find(int type) {
        for (int i = 0; i < segments(); i++) {
            if (type(i) == type) {
                return i;
            }
        }
        return -1;
    }

    /** The contents of the section {@code name}; empty when there is none. */
    public Span section(String name) {
        long table = bytes.getLong(40);
        int count = bytes.getUnsignedShort(60);
        int names = bytes.getUnsignedShort(62);
        if (bytes.getUnsignedShort(58) != SECTION_BYTES || count > MAX_SECTIONS || names >= count
                || !bytes.contains(table, (long) count * SECTION_BYTES)) {
            return Span.EMPTY;
        }
        Span strings = sectionAt(table + (long) names * SECTION_BYTES);
        for (int i = 0; i < count; i++) {
            long header = table + (long) i * SECTION_BYTES;
            if (isNamed(strings, bytes.getInt(header) & 0xffffffffL, name)) {
                return sectionAt(header);
            }
        }
        return Span.EMPTY;
    }

    private Span sectionAt(long header) {
        long offset = bytes.getLong(header + 24);
        long size = bytes.getLong(header + 32);
        return bytes.contains(offset, size) ? bytes.slice(offset, size) : Span.EMPTY;
    }

    private static boolean isNamed(Span strings, long at, String name) {
        if (!strings.contains(at, name.length() + 1L)) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (strings.getUnsignedByte(at + i) != name.charAt(i)) {
                return false;
            }
        }
        return strings.getUnsignedByte(at + name.length()) == 0;
    }
}
