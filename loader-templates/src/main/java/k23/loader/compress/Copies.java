package k23.loader.compress;

import k23.sdk.Inline;
import k23.sdk.memory.RawMemory;

/** The two copies that decoders make; the caller has checked the bounds of both sides. */
final class Copies {
    /** Copies of fewer bytes are done here: the call would cost more than the words save. */
    private static final int SHORT = 32;

    private Copies() {}

    static void literals(long from, long to, long count) {
        if (count < SHORT) {
            bytes(from, to, count);
        } else {
            RawMemory.copy(from, to, count);
        }
    }

    /** Copies from {@code distance} bytes back; the ranges overlap when the match repeats. */
    static void match(long to, long distance, long count) {
        if (count < SHORT) {
            bytes(to - distance, to, count);
            return;
        }
        // What is there from the source's start on is whole periods: it doubles in each round.
        long start = to - distance;
        long end = to + count;
        for (long out = to; out != end;) {
            long bytes = Math.min(out - start, end - out);
            RawMemory.copy(start, out, bytes);
            out += bytes;
        }
    }

    @Inline
    private static void bytes(long from, long to, long count) {
        for (long i = 0; i < count; i++) {
            RawMemory.storeByte(to + i, RawMemory.loadByte(from + i));
        }
    }
}
