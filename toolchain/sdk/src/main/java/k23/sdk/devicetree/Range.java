package k23.sdk.devicetree;

/**
 * One entry of a {@code reg} property.
 *
 * @param start  the first address
 * @param length the number of bytes; 0 where the property has no such entry
 */
public record Range(long start, long length) {
    /** No entry. */
    public static final Range NONE = new Range(0, 0);
}
