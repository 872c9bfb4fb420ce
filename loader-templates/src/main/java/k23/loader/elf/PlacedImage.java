package k23.loader.elf;

import k23.loader.memory.MemoryMap;
import k23.loader.memory.PageFlags;
import k23.loader.memory.PageTables;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/**
 * A position-independent payload in memory: copied, relocated, not yet mapped. It takes one
 * contiguous range of frames; virtual and physical addresses differ by a constant.
 *
 * @param elf     the file that it came from, checked
 * @param start   the address of its first byte in the file
 * @param memory  its bytes, as seen with paging off
 * @param virtual where its first byte will be seen
 */
public record PlacedImage(ElfFile elf, long start, Span memory, Address virtual) {
    /** What the frames of an image are aligned to: the size of a large page. */
    public static final long ALIGNMENT = 2L << 20;

    /** Copies the segments of {@code elf} into frames taken from {@code memory}. */
    public static PlacedImage copy(ElfFile elf, MemoryMap memory, Address virtual) {
        long start = elf.imageStart();
        long bytes = elf.imageBytes();
        PhysAddress frames = memory.take(bytes, ALIGNMENT, MemoryRegion.PAYLOAD);
        Span image = new Span(new Address(frames.value()), bytes);
        image.clear();
        for (int i = 0; i < elf.segments(); i++) {
            Segment segment = elf.segment(i);
            if (segment.isLoaded()) {
                image.put(segment.address() - start, elf.contents(segment));
            }
        }
        return new PlacedImage(elf, start, image, virtual);
    }

    /** Where the payload starts. */
    public Address entry() {
        return at(elf.entry());
    }

    /** Where the file's address {@code address} is seen. */
    private Address at(long address) {
        return virtual.plus(address - start);
    }

    /** Applies the dynamic relocations, all of which must be relative ones. */
    public ElfProblem relocate() {
        Segment dynamic = elf.find(Segment.PT_DYNAMIC);
        if (dynamic.isNone()) {
            return ElfProblem.NONE;
        }
        if (!memory.contains(dynamic.address() - start, dynamic.memoryBytes())) {
            return ElfProblem.BAD_RELOCATION;
        }
        return new DynamicTable(memory, start, contents(dynamic)).relocate(virtual.value())
                ? ElfProblem.NONE : ElfProblem.BAD_RELOCATION;
    }

    private Span contents(Segment segment) {
        return memory.slice(segment.address() - start, segment.memoryBytes());
    }

    /**
     * What each hart's block starts with, after relocation; empty when there is no such segment.
     * {@link #checkHartTemplate} has to have found nothing.
     */
    public Span hartTemplate() {
        Segment template = elf.find(Segment.PT_TLS);
        return template.isNone() ? Span.EMPTY : contents(template);
    }

    /** Whether the template of blocks of {@code blockBytes} lies in the image and fits them. */
    public ElfProblem checkHartTemplate(long blockBytes) {
        Segment template = elf.find(Segment.PT_TLS);
        if (template.isNone() || memory.contains(template.address() - start,
                template.memoryBytes()) && template.memoryBytes() <= blockBytes) {
            return ElfProblem.NONE;
        }
        return ElfProblem.BAD_HART_TEMPLATE;
    }

    /** Maps every segment with its own rights; what is sealed after relocation is read-only. */
    public void map(PageTables tables) {
        for (int i = 0; i < elf.segments(); i++) {
            Segment segment = elf.segment(i);
            if (segment.isLoaded()) {
                map(tables, segment);
            }
        }
    }

    private void map(PageTables tables, Segment segment) {
        if (segment.isExecutable()) {
            map(tables, segment.start(), segment.end(), PageFlags.CODE);
        } else {
            long sealed = segment.isWritable() ? sealedEnd(segment) : segment.end();
            map(tables, segment.start(), sealed, PageFlags.CONSTANT);
            map(tables, sealed, segment.end(), PageFlags.DATA);
        }
    }

    /** The end of the part of the writable {@code segment} that is sealed. */
    private long sealedEnd(Segment segment) {
        Segment relro = elf.find(Segment.PT_GNU_RELRO);
        if (relro.isNone() || relro.address() != segment.start()) {
            return segment.start();
        }
        long sealed = relro.address() + relro.memoryBytes() & -MemoryMap.PAGE_BYTES;
        return Math.max(segment.start(), Math.min(sealed, segment.end()));
    }

    private void map(PageTables tables, long from, long to, PageFlags flags) {
        if (from < to) {
            tables.map(at(from), new PhysAddress(memory.start().value() + from - start), to - from,
                    flags);
        }
    }
}
