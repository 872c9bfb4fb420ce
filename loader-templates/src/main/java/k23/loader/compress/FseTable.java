package k23.loader.compress;

import k23.sdk.Inline;
import k23.sdk.memory.RawMemory;
import k23.sdk.word.Span;

/**
 * A decoding table of finite state entropy (RFC 8878, section 4.1). Each state's entry is one
 * word: the next state's base in bits 0 to 15, how many bits to add to it in 16 to 23, and the
 * meaning of the state's symbol: how many bits to read in 24 to 31, and what to add to them in 32
 * to 63.
 */
final class FseTable {
    private static final FseCounts COUNTS = new FseCounts();
    /** The next state of each symbol while a table is made. Tables are made one by one. */
    private static final int[] NEXT = new int[256];

    private final long[] meanings;
    private final int symbols;
    private final int maxLog;
    private long entries;
    private int log = -1;

    /**
     * A table for {@code symbols} symbols with these meanings, one word each as in the entries;
     * those without one mean themselves.
     *
     * @param maxLog the highest accuracy allowed
     */
    FseTable(long[] meanings, int symbols, int maxLog) {
        this.meanings = meanings;
        this.symbols = symbols;
        this.maxLog = maxLog;
    }

    /** The bytes that the entries take. */
    long bytes() {
        return 8L << maxLog;
    }

    /** Forgets everything; entries are written to {@code address} from now on. */
    void reset(long address) {
        entries = address;
        log = -1;
    }

    /** Whether the table has been made. */
    boolean isKnown() {
        return log >= 0;
    }

    /** The number of bits of a first state. */
    int log() {
        return log;
    }

    /** The entry of a state. A state that comes from this table is always inside of it. */
    @Inline
    long entry(long state) {
        return RawMemory.loadLong(entries + (state << 3));
    }

    @Inline
    static int nextBits(long entry) {
        return (int) (entry >>> 16) & 0xff;
    }

    @Inline
    static long nextBase(long entry) {
        return entry & 0xffff;
    }

    @Inline
    static int extraBits(long entry) {
        return (int) (entry >>> 24) & 0xff;
    }

    @Inline
    static long baseline(long entry) {
        return entry >>> 32;
    }

    /** Makes the table of one state that always gives {@code symbol}; false if there is none. */
    boolean repeat(int symbol) {
        if (symbol >= symbols) {
            return false;
        }
        log = 0;
        RawMemory.storeLong(entries, meaning(symbol));
        return true;
    }

    private long meaning(int symbol) {
        return symbol < meanings.length ? meanings[symbol] : (long) symbol << 32;
    }

    /** Makes the table of a known distribution. */
    void predefine(byte[] distribution, int accuracy) {
        COUNTS.set(distribution, accuracy);
        build();
    }

    /** Makes the table that {@code in} starts with; its bytes, or -1 if it is malformed. */
    long read(Span in) {
        long bytes = COUNTS.read(in, maxLog, symbols - 1);
        if (bytes >= 0) {
            build();
        }
        return bytes;
    }

    /** Spreads the symbols over the states, and numbers the states of each. */
    private void build() {
        log = COUNTS.log();
        int size = 1 << log;
        int high = size;
        for (int s = 0; s < COUNTS.symbols(); s++) {
            NEXT[s] = COUNTS.of(s);
            if (COUNTS.of(s) == FseCounts.LESS_THAN_ONE) {
                NEXT[s] = 1;
                high--;
                RawMemory.storeLong(entries + 8L * high, s);
            }
        }
        int step = (size >> 1) + (size >> 3) + 3;
        int position = 0;
        for (int s = 0; s < COUNTS.symbols(); s++) {
            for (int i = 0; i < COUNTS.of(s); i++) {
                RawMemory.storeLong(entries + 8L * position, s);
                do {
                    position = position + step & size - 1;
                } while (position >= high);
            }
        }
        for (int state = 0; state < size; state++) {
            int symbol = (int) RawMemory.loadLong(entries + 8L * state);
            int next = NEXT[symbol]++;
            int bits = log - (31 - Integer.numberOfLeadingZeros(next));
            RawMemory.storeLong(entries + 8L * state,
                    meaning(symbol) | (long) bits << 16 | (next << bits) - size);
        }
    }
}
