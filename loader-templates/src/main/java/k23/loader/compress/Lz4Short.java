package k23.loader.compress;

import k23.sdk.Inline;
import k23.sdk.memory.RawMemory;

/**
 * The sequences that most of an LZ4 block consists of: at most 14 literals and a match of at most
 * 18 bytes from at least 8 bytes back. They are read and written by aligned words, more bytes than
 * there are, which is why this keeps away from the ends of input and output.
 */
final class Lz4Short {
    /** What a sequence may read behind its first byte. */
    private static final int INPUT_MARGIN = 48;
    /** What its literals may write, and the rest of two words. */
    private static final int OUTPUT_MARGIN = 32;
    private static final int LONG_LENGTH = 15;
    private static final int MIN_MATCH = 4;
    /** A match of which the token does not tell the length. */
    private static final int LONG_MATCH = LONG_LENGTH + MIN_MATCH;
    /** A match of which one more byte does not tell it either. */
    private static final int MAX_MATCH = LONG_MATCH + 255;
    /** So many literals and the distance behind them are in a word together with the token. */
    private static final int LITERALS_IN_WORD = 5;
    private static final int WORD = 8;

    /**
     * How far decoding has come.
     *
     * @param input  the address of the next token
     * @param output the address behind what has been written
     */
    record Position(long input, long output) {}

    private Lz4Short() {}

    /**
     * Decodes as many sequences as are short, none of which needs to be.
     *
     * @param start where the output starts, which a match must not reach beyond
     */
    static Position decode(long from, long inputEnd, long to, long outputEnd, long start) {
        long in = from;
        long out = to;
        while (inputEnd - in >= INPUT_MARGIN && outputEnd - out >= OUTPUT_MARGIN) {
            long word = word(in);
            long literals = word >>> 4 & LONG_LENGTH;
            long match = (word & LONG_LENGTH) + MIN_MATCH;
            long behind = in + 1 + literals;
            long distance = literals <= LITERALS_IN_WORD
                    ? word >>> WORD + WORD * literals & 0xffff
                    : RawMemory.loadByte(behind) & 0xff
                            | (RawMemory.loadByte(behind + 1) & 0xff) << 8;
            behind += 2;
            if (match == LONG_MATCH) {
                match += RawMemory.loadByte(behind++) & 0xff;
            }
            long target = out + literals;
            // Two words before the match are read.
            if (literals == LONG_LENGTH || match >= MAX_MATCH || distance < 2 * WORD
                    || distance > target - start - 2 * WORD
                    || match > outputEnd - target - WORD) {
                break;
            }
            if (literals > LITERALS_IN_WORD) {
                copy(in + 1, out, literals);
            } else if (literals != 0) {
                put(out, word >>> WORD);
            }
            copy(target - distance, target, match);
            in = behind;
            out = target + match;
        }
        return new Position(in, out);
    }

    /** The eight bytes at any address. */
    @Inline
    private static long word(long at) {
        long aligned = at & -WORD;
        long shift = at << 3;
        return RawMemory.loadLong(aligned) >>> shift
                | RawMemory.loadLong(aligned + WORD) << 1 << ~shift;
    }

    /** Writes eight bytes at any address, and up to seven zeros behind them. */
    @Inline
    private static void put(long at, long word) {
        long aligned = at & -WORD;
        long shift = at << 3;
        long before = RawMemory.loadLong(aligned) & ~(-1L << shift);
        RawMemory.storeLong(aligned, before | word << shift);
        RawMemory.storeLong(aligned + WORD, word >>> 1 >>> ~shift);
    }

    /** Copies words from at least sixteen bytes back, until {@code count} bytes are. */
    @Inline
    private static void copy(long from, long to, long count) {
        long aligned = to & -WORD;
        long source = aligned - to + from & -WORD;
        long shift = from - to << 3;
        long high = RawMemory.loadLong(source + WORD);
        long first = RawMemory.loadLong(source) >>> shift | high << 1 << ~shift;
        long kept = ~(-1L << (to << 3));
        RawMemory.storeLong(aligned, RawMemory.loadLong(aligned) & kept | first & ~kept);
        for (long at = aligned + WORD; at < to + count; at += WORD) {
            long low = high;
            source += WORD;
            high = RawMemory.loadLong(source + WORD);
            RawMemory.storeLong(at, low >>> shift | high << 1 << ~shift);
        }
    }
}
