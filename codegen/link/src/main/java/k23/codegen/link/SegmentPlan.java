package k23.codegen.link;

import java.util.List;

/**
 * A mapped part of the image: its sections lie one after the other from {@code address}.
 *
 * @param flags    PF_R, PF_W, PF_X
 * @param sections in ascending order; the empty ones are placed too, but not written
 * @param address  page aligned
 * @param end      first byte behind the last section
 */
record SegmentPlan(int flags, List<OutputSection> sections, long address, long end) {
    boolean isEmpty() {
        return end == address;
    }

    /** Bytes that the file holds; zeroed sections are the last ones. */
    long fileBytes() {
        long last = address;
        for (OutputSection section : sections) {
            if (!section.isNoBits() && section.size > 0) {
                last = section.end();
            }
        }
        return last - address;
    }

    /**
     * Bytes that it takes. Where nothing is zeroed they are all in the file: what aligns an empty
     * section at the end is not worth a page that its loader would have to write to.
     */
    long memoryBytes() {
        return (flags & Elf.PF_W) != 0 ? end - address : fileBytes();
    }
}
