package k23.codegen.link;

/**
 * From {@code offset} up to the next range's (or the definition's end) the code comes from
 * {@code location}.
 *
 * @param offset   in bytes from the definition's start
 * @param location where the code comes from, or null for code without a source
 */
public record SourceRange(int offset, Location location) {

    /** Checks the range. */
    public SourceRange {
        if (offset < 0) {
            throw new IllegalArgumentException("negative offset " + offset);
        }
    }
}
