package k23.runtime.module;

/**
 * The type of a linear memory.
 *
 * @param limits its size in pages of {@link Limits#PAGE_BYTES}
 */
public record MemoryType(SizeLimits limits) {}
