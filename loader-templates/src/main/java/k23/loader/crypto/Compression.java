package k23.loader.crypto;

import k23.sdk.Inline;
import k23.sdk.NoInline;
import k23.sdk.ReadOnly;
import k23.sdk.TargetFeature;
import k23.sdk.riscv.IsaExtension;
import k23.sdk.riscv.IsaExtensions;
import k23.sdk.word.Address;

/**
 * SHA-512's compression function (FIPS 180-4, section 6.4.2), twice: for any hart, and for one
 * with Zbb, which rotates and reverses bytes in one instruction.
 *
 * <p>Eight rounds are written out, so that the working variables need not move from one to the
 * next, they only change their names. More would not be faster before a boot is over: what runs
 * for the first time is slow, on a real machine and more so on an emulated one.
 */
final class Compression {
    private static final int ROUNDS = 80;
    private static final int STATE_WORDS = 8;
    private static final int BLOCK_WORDS = 16;
    private static final int BLOCK_BYTES = 128;

    @ReadOnly
    private static final long[] K = RoundConstants.all();

    private static final long ODD_BYTES = 0x00ff_00ff_00ff_00ffL;
    private static final long ODD_PAIRS = 0x0000_ffff_0000_ffffL;

    /** The message schedule. */
    private final long[] schedule = new long[ROUNDS];

    /** The working variables. */
    private record Variables(long a, long b, long c, long d, long e, long f, long g, long h) {
        /** One round; {@code input} is the sum of round constant and message word. */
        @Inline
        Variables round(long input) {
            long t1 = (h + bigSigma1(e)) + ((g ^ e & (f ^ g)) + input);
            return new Variables((bigSigma0(a) + (b ^ (a ^ b) & (b ^ c))) + t1, a, b, c,
                    d + t1, e, f, g);
        }
    }

    /** Puts {@code next} behind the {@code at} bytes of the block that are there. */
    void put(int at, int next) {
        schedule[at >> 3] = schedule[at >> 3] << 8 | next & 0xff;
    }

    /** Puts a word of the block. */
    void putWord(int index, long word) {
        schedule[index] = word;
    }

    /** Adds the block that has been put to the hash value {@code state} of eight words. */
    void addBlock(long[] state, IsaExtensions extensions) {
        add(Address.NULL, 1, state, extensions);
    }

    /**
     * Adds {@code blocks} blocks of 128 bytes to the hash value {@code state} of eight words.
     *
     * @param data       where they are, a multiple of 8
     * @param extensions what the hart that runs this has
     */
    void add(Address data, long blocks, long[] state, IsaExtensions extensions) {
        if (extensions.has(IsaExtension.ZBB)) {
            addWithRotations(data, blocks, state);
        } else {
            addPlain(data, blocks, state);
        }
    }

    @TargetFeature(IsaExtension.ZBB)
    private void addWithRotations(Address data, long blocks, long[] state) {
        add(data, blocks, state, true);
    }

    @NoInline
    private void addPlain(Address data, long blocks, long[] state) {
        add(data, blocks, state, false);
    }

    @Inline
    private void add(Address data, long blocks, long[] state, boolean hasReversal) {
        long[] w = schedule;
        // This is always so; the code below need not check its indices then.
        if (w.length != ROUNDS || state.length != STATE_WORDS) {
            return;
        }
        for (long i = 0; i < blocks; i++) {
            if (!data.isNull()) {
                load(data.plus(i * BLOCK_BYTES), w, hasReversal);
            }
            extend(w);
            run(w, state);
        }
    }

    @Inline
    private static void load(Address block, long[] w, boolean hasReversal) {
        for (int i = 0; i < BLOCK_WORDS; i++) {
            long word = block.getLong(8 * i);
            w[i] = hasReversal ? Long.reverseBytes(word) : reversed(word);
        }
    }

    /** The word with its bytes reversed, in the fewest instructions of a hart without Zbb. */
    @Inline
    private static long reversed(long word) {
        long pairs = word >>> 8 & ODD_BYTES | (word & ODD_BYTES) << 8;
        long halves = pairs >>> 16 & ODD_PAIRS | (pairs & ODD_PAIRS) << 16;
        return halves >>> 32 | halves << 32;
    }

    /** Makes the words behind the block's, four at a time; no word is loaded twice for it. */
    @Inline
    private static void extend(long[] w) {
        long w0 = w[0];
        long w14 = w[14];
        long w15 = w[15];
        for (int t = BLOCK_WORDS; t <= ROUNDS - 4; t += 4) {
            long w1 = w[t - 15];
            w14 = w0 + smallSigma0(w1) + w[t - 7] + smallSigma1(w14);
            w[t] = w14;
            long w2 = w[t - 14];
            w15 = w1 + smallSigma0(w2) + w[t - 6] + smallSigma1(w15);
            w[t + 1] = w15;
            long w3 = w[t - 13];
            w14 = w2 + smallSigma0(w3) + w[t - 5] + smallSigma1(w14);
            w[t + 2] = w14;
            w0 = w[t - 12];
            w15 = w3 + smallSigma0(w0) + w[t - 4] + smallSigma1(w15);
            w[t + 3] = w15;
        }
    }

    @Inline
    private static void run(long[] w, long[] state) {
        Variables s = new Variables(state[0], state[1], state[2], state[3], state[4], state[5],
                state[6], state[7]);
        for (int t = 0; t <= ROUNDS - 8; t += 8) {
            s = s.round(K[t] + w[t]).round(K[t + 1] + w[t + 1]).round(K[t + 2] + w[t + 2])
                    .round(K[t + 3] + w[t + 3]).round(K[t + 4] + w[t + 4])
                    .round(K[t + 5] + w[t + 5]).round(K[t + 6] + w[t + 6])
                    .round(K[t + 7] + w[t + 7]);
        }
        state[0] += s.a;
        state[1] += s.b;
        state[2] += s.c;
        state[3] += s.d;
        state[4] += s.e;
        state[5] += s.f;
        state[6] += s.g;
        state[7] += s.h;
    }

    @Inline
    private static long bigSigma0(long x) {
        return Long.rotateRight(x, 28) ^ Long.rotateRight(x, 34) ^ Long.rotateRight(x, 39);
    }

    @Inline
    private static long bigSigma1(long x) {
        return Long.rotateRight(x, 14) ^ Long.rotateRight(x, 18) ^ Long.rotateRight(x, 41);
    }

    @Inline
    private static long smallSigma0(long x) {
        return Long.rotateRight(x, 1) ^ Long.rotateRight(x, 8) ^ x >>> 7;
    }

    @Inline
    private static long smallSigma1(long x) {
        return Long.rotateRight(x, 19) ^ Long.rotateRight(x, 61) ^ x >>> 6;
    }
}
