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
            Segment segment = segment(i);
            if (!segment.isLoaded()) {
                continue;
            }
            if (!bytes.contains(segment.offset(), segment.fileBytes())
                    || segment.memoryBytes() < segment.fileBytes()
                    || segment.memoryBytes() > MAX_IMAGE_BYTES) {
                return ElfProblem.SEGMENT_OUTSIDE_FILE;
            }
            // An address so high that the segment, rounded up to pages, might wrap around.
            if (!first && Long.compareUnsigned(segment.start(), behind) < 0
                    || Long.compareUnsigned(segment.address(), -MAX_IMAGE_BYTES - PAGE) > 0) {
                return ElfProblem.SEGMENTS_OVERLAP;
            }
            if (segment.isWritable() && segment.isExecutable()) {
                return ElfProblem.WRITABLE_AND_EXECUTABLE;
            }
            entryIsCode |= segment.isExecutable() && Long.compareUnsigned(
                    entry() - segment.address(), segment.fileBytes()) < 0;
            behind = segment.end();
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

    /** Program header {@code index}. */
    Segment segment(int index) {
        Span header = bytes.slice(segmentTable() + (long) index * SEGMENT_BYTES, SEGMENT_BYTES);
        return new Segment(header.getInt(0), header.getInt(4), header.getLong(8),
                header.getLong(16), header.getLong(32), header.getLong(40));
    }

    /** The first segment of type {@code type}, or {@link Segment#NONE}. */
    Segment find(int type) {
        for (int i = 0; i < segments(); i++) {
            Segment segment = segment(i);
            if (segment.type() == type) {
                return segment;
            }
        }
        return Segment.NONE;
    }

    /** The contents of a segment. */
    Span contents(Segment segment) {
        return bytes.slice(segment.offset(), segment.fileBytes());
    }

    /** The lowest address of any loadable segment, rounded down to a page. */
    public long imageStart() {
        return find(Segment.PT_LOAD).start();
    }

    /** The bytes of address space from the first to the last loadable segment, in pages. */
    public long imageBytes() {
        long start = imageStart();
        long end = start;
        for (int i = 0; i < segments(); i++) {
            Segment segment = segment(i);
            if (segment.isLoaded()) {
                end = segment.end();
            }
        }
        return end - start;
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
        return strings.hasText(at, name) && strings.contains(at, name.length() + 1L)
                && strings.getUnsignedByte(at + name.length()) == 0;
    }
}
