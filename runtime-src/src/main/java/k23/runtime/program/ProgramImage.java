package k23.runtime.program;

import k23.sdk.trace.CodeTables;
import k23.sdk.word.Span;

/**
 * A program's ELF file, checked: what holding one proves is that every offset, address and count
 * that the accessors give lies inside the file and inside {@link UserLayout}'s ranges. The file
 * may come from anywhere; {@link #problem} says what is wrong with it.
 */
public final class ProgramImage {
    private static final int ELF_HEADER_BYTES = 64;
    private static final int SEGMENT_HEADER_BYTES = 56;
    private static final int SECTION_HEADER_BYTES = 64;
    private static final int ELF_MAGIC = 0x464c457f;
    private static final int CLASS64_LITTLE_V1 = 0x010102;
    private static final int ET_EXEC = 2;
    private static final int EM_RISCV = 243;
    private static final int PT_LOAD = 1;
    private static final int MAX_SEGMENTS = 16;
    private static final int MAX_SECTIONS = 256;
    private static final int FLAG_EXECUTE = 1;
    private static final int FLAG_WRITE = 2;
    private static final long METADATA_MAGIC = 0x314d_5341_5733_324bL;
    private static final int METADATA_BYTES = 64;
    private static final int EXTENT_BYTES = 24;
    private static final int DEFINITION_BYTES = 16;
    private static final int INSTANCE_BYTES = 16;
    private static final int EXPORT_BYTES = 24;
    private static final int MAX_INSTANCES = 4096;
    private static final int MAX_EXPORTS = 1 << 16;
    private static final long MAX_TABLE_ELEMENTS = 10_000_000;
    private static final long MAX_MEMORY_PAGES = 1 << 16;

    private final Span file;
    private final Segment[] segments = new Segment[MAX_SEGMENTS];
    private int segmentCount;
    private Span sectionNames = Span.EMPTY;
    private Span metadata = Span.EMPTY;
    private String problem;

    /**
     * A part of the file that is mapped.
     *
     * @param address    of its first byte
     * @param contents   its bytes in the file
     * @param memBytes   its bytes in memory; those behind {@code contents} are zero
     * @param writable   whether the program may write it
     * @param executable whether the program may execute it
     */
    public record Segment(long address, Span contents, long memBytes, boolean writable,
            boolean executable) {
        /** The start of its first page. */
        public long firstPage() {
            return address & -UserLayout.PAGE_BYTES;
        }

        /** The end of its last page. */
        public long end() {
            return UserLayout.wholePages(address + memBytes);
        }
    }

    /**
     * A memory or table: how large it is at first and may become, and where the program looks for
     * its base and length.
     *
     * @param definition address of {u64 base, u64 length}
     * @param minimum    pages or elements at the start
     * @param maximum    the most pages or elements
     */
    public record Extent(long definition, long minimum, long maximum) {}

    /** Reads a file and checks it. */
    public ProgramImage(Span file) {
        this.file = file;
        problem = check();
    }

    /** What is wrong with the file, or null. */
    public String problem() {
        return problem;
    }

    /** Where the program starts. */
    public long entry() {
        return file.getLong(24);
    }

    /** How many segments there are. */
    public int segmentCount() {
        return segmentCount;
    }

    /** A segment, by ascending address. */
    public Segment segment(int index) {
        return segments[index];
    }

    /** The size of the stack in bytes. */
    public long stackBytes() {
        return metadata.getLong(16);
    }

    /** How many memories there are. */
    public int memoryCount() {
        return metadata.getInt(24);
    }

    /** How many tables there are. */
    public int tableCount() {
        return metadata.getInt(28);
    }

    /** How many instances the program has, in the order of their instantiation. */
    public int instanceCount() {
        return metadata.getInt(32);
    }

    /** An instance: the address of its structure. */
    public long instanceStructure(int index) {
        return metadata.getLong(instance(index));
    }

    /** An instance: the address of the code that instantiates it. */
    public long instanceCode(int index) {
        return metadata.getLong(instance(index) + 8);
    }

    /** How many functions can be called from outside. */
    public int exportCount() {
        return metadata.getInt(36);
    }

    /**
     * A function that can be called from outside.
     *
     * @param structure  of its instance
     * @param code       the function's own code
     * @param trampoline code that takes the two above and the address of an array of words
     */
    public record Exported(long structure, long code, long trampoline) {}

    /** A function that can be called from outside. */
    public Exported export(int index) {
        long at = instance(instanceCount()) + (long) index * EXPORT_BYTES;
        return new Exported(metadata.getLong(at), metadata.getLong(at + 8),
                metadata.getLong(at + 16));
    }

    private long instance(int index) {
        return METADATA_BYTES + (long) (memoryCount() + tableCount()) * EXTENT_BYTES
                + (long) index * INSTANCE_BYTES;
    }

    /** The definition of the memory in which WASI's pointers are meant, or 0. */
    public long mainMemory() {
        return metadata.getLong(40);
    }

    /** A memory. */
    public Extent memory(int index) {
        return extent(METADATA_BYTES + (long) index * EXTENT_BYTES);
    }

    /** A table. */
    public Extent table(int index) {
        return extent(METADATA_BYTES + (long) (memoryCount() + index) * EXTENT_BYTES);
    }

    private Extent extent(long at) {
        return new Extent(metadata.getLong(at), metadata.getLong(at + 8),
                metadata.getLong(at + 16));
    }

    /** What names the program's code. */
    public CodeTables code() {
        return CodeTables.ofElf(file);
    }

    /** The contents of a section, empty when there is none of that name. */
    private Span section(String name) {
        long headers = file.getLong(40);
        int count = file.getUnsignedShort(60);
        for (int i = 0; i < count; i++) {
            long header = headers + (long) i * SECTION_HEADER_BYTES;
            if (isNamed(Integer.toUnsignedLong(file.getInt(header)), name)) {
                return part(file.getLong(header + 24), file.getLong(header + 32));
            }
        }
        return Span.EMPTY;
    }

    private boolean isNamed(long offset, String name) {
        if (!sectionNames.contains(offset, name.length() + 1L)) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (sectionNames.getUnsignedByte(offset + i) != name.charAt(i)) {
                return false;
            }
        }
        return sectionNames.getUnsignedByte(offset + name.length()) == 0;
    }

    private Span part(long offset, long bytes) {
        return file.contains(offset, bytes) ? file.slice(offset, bytes) : Span.EMPTY;
    }

    private String check() {
        if (!file.contains(0, ELF_HEADER_BYTES) || file.getInt(0) != ELF_MAGIC
                || (file.getInt(4) & 0xffffff) != CLASS64_LITTLE_V1) {
            return "not a 64-bit little-endian ELF file";
        }
        if (file.getUnsignedShort(16) != ET_EXEC || file.getUnsignedShort(18) != EM_RISCV) {
            return "not an executable for RISC-V";
        }
        String wrong = checkSegments();
        if (wrong == null) {
            wrong = checkSections();
        }
        return wrong != null ? wrong : checkMetadata();
    }

    private String checkSegments() {
        long headers = file.getLong(32);
        int count = file.getUnsignedShort(56);
        if (file.getUnsignedShort(54) != SEGMENT_HEADER_BYTES || count > MAX_SEGMENTS
                || !file.contains(headers, (long) count * SEGMENT_HEADER_BYTES)) {
            return "damaged program headers";
        }
        long end = UserLayout.SEGMENTS_START;
        boolean entered = false;
        for (int i = 0; i < count; i++) {
            long header = headers + (long) i * SEGMENT_HEADER_BYTES;
            if (file.getInt(header) != PT_LOAD) {
                continue;
            }
            Span contents = part(file.getLong(header + 8), file.getLong(header + 32));
            int flags = file.getInt(header + 4);
            Segment segment = new Segment(file.getLong(header + 16), contents,
                    file.getLong(header + 40), (flags & FLAG_WRITE) != 0,
                    (flags & FLAG_EXECUTE) != 0);
            if (contents.length() != file.getLong(header + 32)
                    || segment.memBytes() < contents.length()
                    || segment.memBytes() > UserLayout.SEGMENTS_END
                    || segment.firstPage() < end || segment.address() > UserLayout.SEGMENTS_END
                    || segment.end() > UserLayout.SEGMENTS_END) {
                return "a segment outside of its place";
            }
            if (segment.writable() && segment.executable()) {
                return "a segment that is writable and executable";
            }
            entered |= segment.executable() && entry() >= segment.address()
                    && entry() < segment.address() + segment.memBytes();
            segments[segmentCount] = segment;
            segmentCount++;
            end = segment.end();
        }
        return entered ? null : "an entry outside of the code";
    }

    private String checkSections() {
        long headers = file.getLong(40);
        int count = file.getUnsignedShort(60);
        int names = file.getUnsignedShort(62);
        if (file.getUnsignedShort(58) != SECTION_HEADER_BYTES || count > MAX_SECTIONS
                || names >= count
                || !file.contains(headers, (long) count * SECTION_HEADER_BYTES)) {
            return "damaged section headers";
        }
        long header = headers + (long) names * SECTION_HEADER_BYTES;
        sectionNames = part(file.getLong(header + 24), file.getLong(header + 32));
        return null;
    }

    private String checkMetadata() {
        metadata = section(".k23.wasm");
        if (metadata.length() < METADATA_BYTES || metadata.getLong(0) != METADATA_MAGIC) {
            return "no program of this system: section .k23.wasm is missing";
        }
        if (metadata.getInt(8) != 1 || metadata.getInt(12) != METADATA_BYTES) {
            return "a program of another version of this system; build the image again";
        }
        long stack = stackBytes();
        if (stack <= 0 || stack > UserLayout.STACK_LIMIT || stack % UserLayout.PAGE_BYTES != 0) {
            return "a stack of a wrong size";
        }
        int memories = memoryCount();
        int tables = tableCount();
        if (memories < 0 || memories > UserLayout.MAX_MEMORIES || tables < 0
                || tables > UserLayout.MAX_TABLES || metadata.length() < METADATA_BYTES
                + (long) (memories + tables) * EXTENT_BYTES) {
            return "too many memories or tables";
        }
        if (instanceCount() < 0 || instanceCount() > MAX_INSTANCES || exportCount() < 0
                || exportCount() > MAX_EXPORTS || metadata.length()
                < instance(instanceCount()) + (long) exportCount() * EXPORT_BYTES) {
            return "too many instances or exports";
        }
        boolean right = mainMemory() == 0;
        for (int i = 0; i < memories; i++) {
            if (!isSound(memory(i), MAX_MEMORY_PAGES)) {
                return "a memory that cannot be";
            }
            right |= memory(i).definition() == mainMemory();
        }
        for (int i = 0; i < tables; i++) {
            if (!isSound(table(i), MAX_TABLE_ELEMENTS)) {
                return "a table that cannot be";
            }
        }
        return right ? null : "no memory for the calls of WASI";
    }

    /** The limits make sense, and the definition lies in a segment that can be written. */
    private boolean isSound(Extent extent, long limit) {
        if (extent.minimum() < 0 || extent.minimum() > extent.maximum()
                || extent.maximum() > limit || extent.definition() % 8 != 0) {
            return false;
        }
        for (int i = 0; i < segmentCount; i++) {
            Segment s = segments[i];
            if (s.writable() && extent.definition() >= s.address()
                    && extent.definition() <= s.address() + s.memBytes() - DEFINITION_BYTES) {
                return true;
            }
        }
        return false;
    }
}
