package k23.loader.compress;

import k23.sdk.Inline;
import k23.sdk.memory.RawMemory;
import k23.sdk.word.Span;

/** The hash XXH64 with seed 0 (RFC 8878, section 3.1.1; the xxHash specification, "XXH64"). */
final class Xxh64 {
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE_BYTES = 32;

    private Xxh64() {}

    /** The hash of {@code data}. */
    static long hash(Span data) {
        long at = data.start().value();
        long end = data.end().value();
        long hash = PRIME_5;
        if (data.length() >= STRIPE_BYTES) {
            long a = PRIME_1 + PRIME_2;
            long b = PRIME_2;
            long c = 0;
            long d = -PRIME_1;
            for (; end - at >= STRIPE_BYTES; at += STRIPE_BYTES) {
                a = round(a, word(at));
                b = round(b, word(at + 8));
                c = round(c, word(at + 16));
                d = round(d, word(at + 24));
            }
            hash = Long.rotateLeft(a, 1) + Long.rotateLeft(b, 7) + Long.rotateLeft(c, 12)
                    + Long.rotateLeft(d, 18);
            hash = merged(merged(merged(merged(hash, a), b), c), d);
        }
        return avalanche(tail(hash + data.length(), at, end));
    }

    private static long tail(long start, long from, long end) {
        long hash = start;
        long at = from;
        for (; end - at >= 8; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, word(at)), 27) * PRIME_1 + PRIME_4;
        }
        if (end - at >= 4) {
            long half = unsignedByte(at) | unsignedByte(at + 1) << 8 | unsignedByte(at + 2) << 16
                    | unsignedByte(at + 3) << 24;
            hash = Long.rotateLeft(hash ^ half * PRIME_1, 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        for (; at != end; at++) {
            hash = Long.rotateLeft(hash ^ unsignedByte(at) * PRIME_5, 11) * PRIME_1;
        }
        return hash;
    }

    private static long avalanche(long start) {
        long hash = (start ^ start >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return hash ^ hash >>> 32;
    }

    @Inline
    private static long round(long sum, long word) {
        return Long.rotateLeft(sum + word * PRIME_2, 31) * PRIME_1;
    }

    private static long merged(long hash, long sum) {
        return (hash ^ round(0, sum)) * PRIME_1 + PRIME_4;
    }

    private static long unsignedByte(long address) {
        return RawMemory.loadByte(address) & 0xffL;
    }

    /** Eight bytes at any alignment; only aligned words are loaded. */
    @Inline
    private static long word(long address) {
        int shift = (int) (address & 7) << 3;
        long at = address & -8;
        long low = RawMemory.loadLong(at);
        return shift == 0 ? low : low >>> shift | RawMemory.loadLong(at + 8) << -shift;
    }
}
