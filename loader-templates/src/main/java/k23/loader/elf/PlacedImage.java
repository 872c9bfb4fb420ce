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
 * @param elf      the file that it came from, checked
 * @param physical the frames of its first byte
 * @param virtual  where its first byte will be seen
 */
public record PlacedImage(ElfFile elf, PhysAddress physical, Address virtual) {
    /** What the frames of an image are aligned to: the size of a large page. */
    public static final long ALIGNMENT = 2L << 20;

    /** Copies the segments of {@code elf} into frames taken from {@code memory}. */
    public static PlacedImage copy(ElfFile elf, MemoryMap memory, Address virtual) {
        PhysAddress frames = memory.take(elf.imageBytes(), ALIGNMENT, MemoryRegion.PAYLOAD);
        PlacedImage image = new PlacedImage(elf, frames, virtual);
        image.memory().clear();
        for (int i = 0; i < elf.segments(); i++) {
            if (elf.type(i) == ElfFile.PT_LOAD) {
                image.memory().put(elf.address(i) - elf.imageStart(), elf.contents(i));
            }
        }
        return image;
    }

    /** The image's bytes, as seen with paging off. */
    public Span memory() {
        return new Span(new Address(physical.value()), elf.imageBytes());
    }

    /** Where the payload starts. */
    public Address entry() {
        return at(elf.entry());
    }

    /** Where the file's address {@code address} is seen. */
    private Address at(long address) {
        return virtual.plus(address - elf.imageStart());
    }

    /** Applies the dynamic relocations, all of which must be relative ones. */
    public ElfProblem relocate() {
        int dynamic = elf.find(ElfFile.PT_DYNAMIC);
        if (dynamic < 0) {
            return ElfProblem.NONE;
        }
        Span image = memory();
        long tableOffset = elf.address(dynamic) - elf.imageStart();
        if (!image.contains(tableOffset, elf.memoryBytes(dynamic))) {
            return ElfProblem.BAD_RELOCATION;
        }
        Span table = image.slice(tableOffset, elf.memoryBytes(dynamic));
        return new DynamicTable(image, elf.imageStart(), table).relocate(virtual.value())
                ? ElfProblem.NONE : ElfProblem.BAD_RELOCATION;
    }

    /**
     * What each hart's block starts with, after relocation; empty when there is no such segment.
     * {@link #checkHartTemplate} has to have found nothing.
     */
    public Span hartTemplate() {
        int template = elf.find(ElfFile.PT_TLS);
        return template < 0 ? Span.EMPTY : memory().slice(
                elf.address(template) - elf.imageStart(), elf.memoryBytes(template));
    }

    /** Whether the template of blocks of {@code blockBytes} lies in the image and fits them. */
    public ElfProblem checkHartTemplate(long blockBytes) {
        int template = elf.find(ElfFile.PT_TLS);
        if (template < 0 || memory().contains(elf.address(template) - elf.imageStart(),
                elf.memoryBytes(template)) && elf.memoryBytes(template) <= blockBytes) {
            return ElfProblem.NONE;
        }
        return ElfProblem.BAD_HART_TEMPLATE;
    }

    /** Maps every segment with its own rights; what is sealed after relocation is read-only. */
    public void map(PageTables tables) {
        for (int i = 0; i < elf.segments(); i++) {
            if (elf.type(i) == ElfFile.PT_LOAD) {
                mapSegment(tables, i);
            }
        }
    }

    private void mapSegment(PageTables tables, int segment) {
        long page = MemoryMap.PAGE_BYTES;
        long start = elf.address(segment) & -page;
        long end = elf.address(segment) + elf.memoryBytes(segment) + page - 1 & -page;
        if ((elf.flags(segment) & ElfFile.PF_X) != 0) {
            mapRange(tables, start, end, PageFlags.CODE);
        } else if ((elf.flags(segment) & ElfFile.PF_W) == 0) {
            mapRange(tables, start, end, PageFlags.CONSTANT);
        } else {
            long sealed = sealedEnd(start, end);
            mapRange(tables, start, sealed, PageFlags.CONSTANT);
            mapRange(tables, sealed, end, PageFlags.DATA);
        }
    }

    /** The end of the part of the writable segment {@code [start, end)} that is sealed. */
    private long sealedEnd(long start, long end) {
        int relro = elf.find(ElfFile.PT_GNU_RELRO);
        if (relro < 0 || elf.address(relro) != start) {
            return start;
        }
        long sealed = elf.address(relro) + elf.memoryBytes(relro) & -MemoryMap.PAGE_BYTES;
        return Math.max(start, Math.min(sealed, end));
    }

    private void mapRange(PageTables tables, long start, long end, PageFlags flags) {
        if (start < end) {
            tables.map(at(start), physical.plus(start - elf.imageStart()), end - start, flags);
        }
    }
}
