package k23.loader.compress;

import k23.sdk.Inline;
import k23.sdk.memory.RawMemory;
import k23.sdk.word.Span;

/**
 * Streams of bits that are read from their end to their start (RFC 8878, section 4.1). The last
 * byte's highest bit marks the end and is no data.
 *
 * <p>A stream is a base, the address of the aligned word in which it starts, and a position, the
 * number of bits from there to the last bit that has not been read. A reader that has read too
 * much sees a position below {@link #first}; what it has read there is of no consequence.
 */
final class BackwardBits {
    private BackwardBits() {}

    /** The base of a stream that starts at {@code start}. */
    @Inline
    static long base(long start) {
        return start & -8;
    }

    /** The position of a stream that starts at {@code start} when all of it has been read. */
    @Inline
    static long first(long start) {
        return (start & 7) << 3;
    }

    /** The position of the whole stream that {@code stream} is, or -1 if its end is not marked. */
    static long last(Span stream) {
        if (stream.length() == 0) {
            return -1;
        }
        int mark = stream.getUnsignedByte(stream.length() - 1);
        if (mark == 0) {
            return -1;
        }
        return first(stream.start().value()) + (stream.length() << 3)
                - (Integer.numberOfLeadingZeros(mark) - 24) - 1;
    }

    /**
     * The 64 bits below {@code position}, the next to be read highest. No word is loaded that has
     * no byte of the stream.
     */
    @Inline
    static long window(long base, long position) {
        long bit = position - 64;
        if (bit < 0) {
            return RawMemory.loadLong(base) << -bit;
        }
        long at = base + (bit >>> 6 << 3);
        long low = RawMemory.loadLong(at);
        int shift = (int) bit & 63;
        return shift == 0 ? low : low >>> shift | RawMemory.loadLong(at + 8) << -shift;
    }

    /** The highest {@code count} bits of a window, 0 to 63. */
    @Inline
    static long top(long window, int count) {
        return window >>> 1 >>> (63 - count);
    }
}
