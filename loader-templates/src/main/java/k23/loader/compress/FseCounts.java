package k23.loader.compress;

import k23.sdk.word.Span;

/** How often each symbol is in a table of finite state entropy (RFC 8878, section 4.1.1). */
final class FseCounts {
    /** The smallest accuracy that a description can have. */
    private static final int MIN_LOG = 5;
    private static final int MAX_SYMBOLS = 256;

    /** What a symbol has that is there less than once: one state, at the table's end. */
    static final int LESS_THAN_ONE = -1;

    private final short[] counts = new short[MAX_SYMBOLS];
    private int log;
    private int symbols;

    /** The table's accuracy: it has 2 to the power of this many states. */
    int log() {
        return log;
    }

    /** The number of symbols. */
    int symbols() {
        return symbols;
    }

    /** The states of a symbol, or {@link #LESS_THAN_ONE}. */
    int of(int symbol) {
        return counts[symbol];
    }

    /** Takes the counts of a table that needs no description. */
    void set(byte[] distribution, int accuracy) {
        log = accuracy;
        symbols = distribution.length;
        for (int i = 0; i < symbols; i++) {
            counts[i] = distribution[i];
        }
    }

    /** Reads a description at the start of {@code in}; its bytes, or -1 if it is malformed. */
    long read(Span in, int maxLog, int maxSymbol) {
        log = MIN_LOG + (int) (bits(in, 0) & 15);
        symbols = 0;
        if (log > maxLog) {
            return -1;
        }
        long position = 4;
        // One more than the states that are left, so that all of a number's values are used.
        int remaining = (1 << log) + 1;
        int width = log;
        while (remaining > 1 && symbols <= maxSymbol) {
            long word = bits(in, position);
            int threshold = 1 << width;
            // The lowest values are one bit shorter.
            int shorter = 2 * threshold - 1 - remaining;
            int value = (int) word & threshold - 1;
            position += width;
            if (value >= shorter) {
                value = (int) word & 2 * threshold - 1;
                value -= value >= threshold ? shorter : 0;
                position++;
            }
            int count = value - 1;
            remaining -= Math.abs(count);
            counts[symbols++] = (short) count;
            while (remaining < 1 << width) {
                width--;
            }
            if (count == 0) {
                position = skipZeros(in, position, maxSymbol);
            }
        }
        long bytes = position + 7 >>> 3;
        return remaining == 1 && symbols <= maxSymbol + 1 && bytes <= in.length() ? bytes : -1;
    }

    /** Behind a count of zero stands how many more follow: a 3 says three and more. */
    private long skipZeros(Span in, long from, int maxSymbol) {
        long position = from;
        while (true) {
            int more = (int) bits(in, position) & 3;
            position += 2;
            for (int i = 0; i < more; i++) {
                if (symbols <= maxSymbol) {
                    counts[symbols] = 0;
                }
                symbols++;
            }
            if (more != 3) {
                return position;
            }
        }
    }

    /** At least 25 bits from bit {@code position} on; behind the end are zeros. */
    private static long bits(Span in, long position) {
        long at = position >>> 3;
        long word = 0;
        for (int i = 0; i < 4; i++) {
            if (in.contains(at + i, 1)) {
                word |= (long) in.getUnsignedByte(at + i) << 8 * i;
            }
        }
        return word >>> (position & 7);
    }
}
