package k23.loader.compress;

import k23.sdk.ReadOnly;

/**
 * What the codes of sequences mean and how they are distributed when a block does not say (RFC
 * 8878, sections 3.1.1.3.2.1.1 and 3.1.1.3.2.2). A meaning is a word as in {@link FseTable}.
 */
final class ZstdCodes {
    @ReadOnly
    static final long[] LITERAL_LENGTHS = meanings(0, 16, new byte[] {
        1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    @ReadOnly
    static final long[] MATCH_LENGTHS = meanings(3, 32, new byte[] {
        1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    @ReadOnly
    static final long[] OFFSETS = offsets();

    @ReadOnly
    static final byte[] LITERAL_LENGTH_COUNTS = {
        4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1,
        1, -1, -1, -1, -1};
    @ReadOnly
    static final byte[] MATCH_LENGTH_COUNTS = {
        1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1};
    @ReadOnly
    static final byte[] OFFSET_COUNTS = {
        1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1};

    private ZstdCodes() {}

    /** The first {@code single} codes are a length each; the others begin where the last ended. */
    private static long[] meanings(int shortest, int single, byte[] extraBits) {
        long[] meanings = new long[single + extraBits.length];
        long length = shortest;
        for (int i = 0; i < meanings.length; i++) {
            long bits = i < single ? 0 : extraBits[i - single];
            meanings[i] = length << 32 | bits << 24;
            length += 1L << bits;
        }
        return meanings;
    }

    private static long[] offsets() {
        long[] meanings = new long[32];
        for (int code = 0; code < meanings.length; code++) {
            meanings[code] = 1L << code << 32 | (long) code << 24;
        }
        return meanings;
    }
}
