package k23.runtime.module;

/**
 * Limits of a table or a memory (Core 2.0, section 2.3.7), in elements or pages, unsigned.
 *
 * @param minimum    the size at the start
 * @param maximum    the greatest size; when none is declared, the greatest that addresses allow
 * @param hasMaximum whether a maximum is declared
 * @param wide       whether addresses are 64 bits wide (Core 3.0)
 */
public record SizeLimits(long minimum, long maximum, boolean hasMaximum, boolean wide) {
    /** The type of addresses or indices: {@code i32}, or {@code i64} when they are wide. */
    public int addressCode() {
        return wide ? ValueType.I64_CODE : ValueType.I32_CODE;
    }
}
