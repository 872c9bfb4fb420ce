package k23.codegen.link;

/**
 * A table of words that hold addresses, DT_RELR (gABI, "Relocation", SHT_RELR): to each of them
 * the base is added. An even entry is the address of such a word; an odd one has a bit for each
 * of the 63 words behind those that the entries before it stand for.
 */
final class RelativeTable {
    static final int ENTRY_BYTES = 8;
    private static final int BITS = 63;
    private static final int WORD_BYTES = 8;

    private RelativeTable() { }

    /** The table of {@code places}, ascending even addresses. */
    static byte[] of(long[] places) {
        var sink = new ByteSink();
        for (int i = 0; i < places.length;) {
            sink.u64(places[i]);
            long next = places[i++] + WORD_BYTES;
            for (boolean isFull = true; isFull && i < places.length; next += BITS * WORD_BYTES) {
                long bits = 0;
                while (i < places.length && (places[i] - next) % WORD_BYTES == 0
                        && places[i] - next < BITS * WORD_BYTES) {
                    bits |= 2L << (places[i++] - next) / WORD_BYTES;
                }
                isFull = bits != 0;
                if (isFull) {
                    sink.u64(bits | 1);
                }
            }
        }
        return sink.toBytes();
    }
}
