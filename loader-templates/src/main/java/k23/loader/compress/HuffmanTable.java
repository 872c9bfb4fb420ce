package k23.loader.compress;

import k23.sdk.memory.RawMemory;
import k23.sdk.word.Span;

/**
 * A decoding table of a Huffman code (RFC 8878, section 4.2). It is indexed by as many bits as the
 * longest code has; each entry is two bytes, the symbol and above it the length of its code.
 */
final class HuffmanTable {
    /** The longest code (RFC 8878, section 4.2.1). */
    private static final int MAX_LOG = 11;
    private static final int MAX_SYMBOLS = 256;
    /** From this first byte on, weights are half bytes; below, it is the size of their stream. */
    private static final int DIRECT = 128;
    private static final int WEIGHT_LOG = 6;

    /** The bytes that a table takes. */
    static final long BYTES = 2L << MAX_LOG;

    private static final FseTable WEIGHT_TABLE =
            new FseTable(new long[0], MAX_SYMBOLS, WEIGHT_LOG);
    /** The bytes that the table of the weights' own code takes. */
    static final long WEIGHT_TABLE_BYTES = WEIGHT_TABLE.bytes();

    private final byte[] weights = new byte[MAX_SYMBOLS];
    /** Where the entries of a weight start; afterwards, where they end. */
    private final int[] starts = new int[MAX_LOG + 2];
    private long entries;
    private long weightEntries;
    private int count;
    private int log;

    /** Forgets everything; the two tables are written to these addresses from now on. */
    void reset(long address, long weightAddress) {
        entries = address;
        weightEntries = weightAddress;
        log = 0;
    }

    /** Whether the table has been made. */
    boolean isKnown() {
        return log > 0;
    }

    /** Makes the table that {@code in} starts with; its bytes, or -1 if it is malformed. */
    long read(Span in) {
        if (in.length() == 0) {
            return -1;
        }
        int first = in.getUnsignedByte(0);
        int direct = first - DIRECT + 1;
        long bytes = first >= DIRECT ? direct + 1 >> 1 : first;
        if (!in.contains(1, bytes)) {
            return -1;
        }
        Span stored = in.slice(1, bytes);
        boolean isRead = first >= DIRECT ? readDirect(stored, direct) : readStream(stored);
        return isRead && complete() ? 1 + bytes : -1;
    }

    private boolean readDirect(Span stored, int number) {
        for (int i = 0; i < number; i++) {
            int two = stored.getUnsignedByte(i >> 1);
            weights[i] = (byte) ((i & 1) == 0 ? two >> 4 : two & 15);
        }
        count = number;
        return true;
    }

    /** Reads weights of two states that take turns (RFC 8878, section 4.2.1.2). */
    private boolean readStream(Span stored) {
        FseTable table = WEIGHT_TABLE;
        table.reset(weightEntries);
        long bytes = table.read(stored);
        if (bytes < 0) {
            return false;
        }
        Span stream = stored.from(bytes);
        long position = BackwardBits.last(stream);
        if (position < 0) {
            return false;
        }
        long start = stream.start().value();
        long base = BackwardBits.base(start);
        long end = BackwardBits.first(start) + 2 * table.log();
        if (position < end) {
            return false;
        }
        long window = BackwardBits.window(base, position);
        long mine = BackwardBits.top(window, table.log());
        long other = BackwardBits.top(window << table.log(), table.log());
        position -= 2 * table.log();
        count = 0;
        // The last state's next one would need bits that are not there.
        while (count < MAX_SYMBOLS - 2) {
            long entry = table.entry(mine);
            weights[count++] = (byte) FseTable.baseline(entry);
            int bits = FseTable.nextBits(entry);
            position -= bits;
            if (position < BackwardBits.first(start)) {
                weights[count++] = (byte) FseTable.baseline(table.entry(other));
                return true;
            }
            mine = other;
            other = FseTable.nextBase(entry)
                    + BackwardBits.top(BackwardBits.window(base, position + bits), bits);
        }
        return false;
    }

    /** Adds the last symbol's weight, which makes the code complete, and makes the table. */
    private boolean complete() {
        long total = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = 0;
        }
        for (int i = 0; i < count; i++) {
            int weight = weights[i] & 0xff;
            if (weight > MAX_LOG) {
                return false;
            }
            total += 1L << weight >> 1;
            starts[weight]++;
        }
        int longest = 64 - Long.numberOfLeadingZeros(total);
        long rest = (1L << longest) - total;
        if (total == 0 || longest > MAX_LOG || (rest & rest - 1) != 0) {
            return false;
        }
        int last = 64 - Long.numberOfLeadingZeros(rest);
        weights[count++] = (byte) last;
        starts[last]++;
        if (starts[1] < 2 || (starts[1] & 1) != 0) {
            return false;
        }
        log = longest;
        build();
        return true;
    }

    /** Codes are given out in the order of weights, and of symbols within a weight. */
    private void build() {
        int start = 0;
        for (int weight = 1; weight < starts.length; weight++) {
            int symbols = starts[weight];
            starts[weight] = start;
            start += symbols << weight >> 1;
        }
        for (int symbol = 0; symbol < count; symbol++) {
            int weight = weights[symbol];
            if (weight == 0) {
                continue;
            }
            short entry = (short) (symbol | log + 1 - weight << 8);
            int end = starts[weight] + (1 << weight >> 1);
            for (int i = starts[weight]; i < end; i++) {
                RawMemory.storeShort(entries + 2L * i, entry);
            }
            starts[weight] = end;
        }
    }

    /** Decodes exactly all of {@code stream} to {@code symbols} bytes; false if it does not fit. */
    boolean decode(Span stream, long target, long symbols) {
        long position = BackwardBits.last(stream);
        if (position < 0) {
            return false;
        }
        long base = BackwardBits.base(stream.start().value());
        int shift = 64 - log;
        long table = entries;
        long out = target;
        long end = target + symbols;
        // Five codes of at most eleven bits are in one window.
        for (; end - out >= 5; out += 5) {
            long window = BackwardBits.window(base, position);
            int a = RawMemory.loadShort(table + (window >>> shift << 1));
            window <<= a >> 8;
            int b = RawMemory.loadShort(table + (window >>> shift << 1));
            window <<= b >> 8;
            int c = RawMemory.loadShort(table + (window >>> shift << 1));
            window <<= c >> 8;
            int d = RawMemory.loadShort(table + (window >>> shift << 1));
            window <<= d >> 8;
            int e = RawMemory.loadShort(table + (window >>> shift << 1));
            RawMemory.storeByte(out, (byte) a);
            RawMemory.storeByte(out + 1, (byte) b);
            RawMemory.storeByte(out + 2, (byte) c);
            RawMemory.storeByte(out + 3, (byte) d);
            RawMemory.storeByte(out + 4, (byte) e);
            position -= (a >> 8) + (b >> 8) + (c >> 8) + (d >> 8) + (e >> 8);
        }
        for (; out != end; out++) {
            long window = BackwardBits.window(base, position);
            int entry = RawMemory.loadShort(table + (window >>> shift << 1));
            RawMemory.storeByte(out, (byte) entry);
            position -= entry >> 8;
        }
        return position == BackwardBits.first(stream.start().value());
    }
}
