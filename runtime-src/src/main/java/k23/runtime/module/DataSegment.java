package k23.runtime.module;

/**
 * A data segment (Core 2.0, section 2.5.8).
 *
 * @param mode     when it is copied
 * @param memory   where to, when it is active
 * @param offset   where to in the memory, when it is active
 * @param position index of its bytes in {@link Module#bytes}
 * @param length   how many they are
 */
public record DataSegment(SegmentMode mode, int memory, ConstantExpression offset, int position,
        int length) {}
