package k23.loader.crypto;

import k23.sdk.word.Address;
import k23.sdk.word.Span;

/**
 * SHA-512 (FIPS 180-4) over raw memory and byte arrays, in as many pieces as one likes:
 * {@link #reset}, any number of {@code update}, {@link #digest}.
 */
public final class Sha512 {
    /** The size of a digest in bytes. */
    public static final int DIGEST_BYTES = 64;

    private static final int BLOCK_BYTES = 128;
    private static final int ROUNDS = 80;
    private static final int LENGTH_AT = 112;

    private static final long[] ROUND_CONSTANTS = roundConstants();
    private static final long[] INITIAL = {
        0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L,
        0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L,
    };

    private final long[] state = new long[8];
    private final long[] schedule = new long[16];
    private final byte[] block = new byte[BLOCK_BYTES];
    private int filled;
    private long total;

    /**
     * The first 64 fractional bits of the cube roots of the first 80 primes (FIPS 180-4, section
     * 4.2.3), computed when the program is built: the largest r with r^3 <= p * 2^192.
     */
    private static long[] roundConstants() {
        long[] constants = new long[ROUNDS];
        int prime = 1;
        for (int i = 0; i < ROUNDS; i++) {
            do {
                prime++;
            } while (!isPrime(prime));
            constants[i] = cubeRootFraction(prime);
        }
        return constants;
    }

    private static boolean isPrime(int number) {
        for (int d = 2; d * d <= number; d++) {
            if (number % d == 0) {
                return false;
            }
        }
        return true;
    }

    private static long cubeRootFraction(int prime) {
        long[] root = new long[2];
        long[] cube = new long[5];
        // Bit 66 is the highest that the root of a prime below 512 can have: 2^64 * 8 > root.
        for (int bit = 66; bit >= 0; bit--) {
            root[bit >> 6] |= 1L << (bit & 63);
            WideNumber.cube(root, cube);
            if (Long.compareUnsigned(cube[3], prime) >= 0 || cube[4] != 0) {
                root[bit >> 6] &= ~(1L << (bit & 63));
            }
        }
        return root[0];
    }

    /** Starts a new digest. */
    public void reset() {
        for (int i = 0; i < 8; i++) {
            state[i] = INITIAL[i];
        }
        filled = 0;
        total = 0;
    }

    /** Adds the bytes of {@code data}. */
    public void update(Span data) {
        long at = 0;
        total += data.length();
        while (at < data.length()) {
            if (filled == 0 && data.length() - at >= BLOCK_BYTES) {
                loadSchedule(data.start().plus(at));
                compress();
                at += BLOCK_BYTES;
            } else {
                append(data.start().getByte(at));
                at++;
            }
        }
    }

    /** Adds {@code count} bytes of {@code data} from {@code from} on. */
    public void update(byte[] data, int from, int count) {
        total += count;
        for (int i = 0; i < count; i++) {
            append(data[from + i]);
        }
    }

    private void append(byte next) {
        block[filled++] = next;
        if (filled == BLOCK_BYTES) {
            compressBlock();
        }
    }

    /** Ends the digest and writes its 64 bytes to {@code out}. */
    public void digest(byte[] out) {
        long bits = total << 3;
        append((byte) 0x80);
        while (filled != LENGTH_AT) {
            append((byte) 0);
        }
        // Lengths have 128 bits; the upper half is the three bits that the shift lost.
        putBigEndian(block, LENGTH_AT, total >>> 61);
        putBigEndian(block, LENGTH_AT + 8, bits);
        compressBlock();
        for (int i = 0; i < 8; i++) {
            putBigEndian(out, 8 * i, state[i]);
        }
    }

    private static void putBigEndian(byte[] target, int at, long value) {
        for (int i = 0; i < 8; i++) {
            target[at + i] = (byte) (value >>> 56 - 8 * i);
        }
    }

    private void compressBlock() {
        for (int i = 0; i < 16; i++) {
            long word = 0;
            for (int k = 0; k < 8; k++) {
                word = word << 8 | block[8 * i + k] & 0xff;
            }
            schedule[i] = word;
        }
        filled = 0;
        compress();
    }

    private void loadSchedule(Address at) {
        if (at.isAligned(8)) {
            for (int i = 0; i < 16; i++) {
                schedule[i] = Long.reverseBytes(at.getLong(8 * i));
            }
            return;
        }
        for (int i = 0; i < 16; i++) {
            long word = 0;
            for (int k = 0; k < 8; k++) {
                word = word << 8 | at.getUnsignedByte(8 * i + k);
            }
            schedule[i] = word;
        }
    }

    /**
     * The compression function over {@link #schedule} (FIPS 180-4, section 6.4.2), four rounds at a
     * time: as many as have all that they need in registers.
     */
    private void compress() {
        long[] w = schedule;
        long[] k = ROUND_CONSTANTS;
        Sha512Round s = new Sha512Round(state[0], state[1], state[2], state[3], state[4],
                state[5], state[6], state[7]);
        for (int i = 0; i < ROUNDS; i += 16) {
            if (i > 0) {
                extend(w);
            }
            for (int j = 0; j < 16; j += 4) {
                s = s.next(k[i + j] + w[j]).next(k[i + j + 1] + w[j + 1])
                        .next(k[i + j + 2] + w[j + 2]).next(k[i + j + 3] + w[j + 3]);
            }
        }
        add(s);
    }

    /** Replaces the schedule's sixteen words by the next sixteen. */
    private static void extend(long[] w) {
        w[0] = Sha512Round.word(w[0], w[1], w[9], w[14]);
        w[1] = Sha512Round.word(w[1], w[2], w[10], w[15]);
        w[2] = Sha512Round.word(w[2], w[3], w[11], w[0]);
        w[3] = Sha512Round.word(w[3], w[4], w[12], w[1]);
        w[4] = Sha512Round.word(w[4], w[5], w[13], w[2]);
        w[5] = Sha512Round.word(w[5], w[6], w[14], w[3]);
        w[6] = Sha512Round.word(w[6], w[7], w[15], w[4]);
        w[7] = Sha512Round.word(w[7], w[8], w[0], w[5]);
        w[8] = Sha512Round.word(w[8], w[9], w[1], w[6]);
        w[9] = Sha512Round.word(w[9], w[10], w[2], w[7]);
        w[10] = Sha512Round.word(w[10], w[11], w[3], w[8]);
        w[11] = Sha512Round.word(w[11], w[12], w[4], w[9]);
        w[12] = Sha512Round.word(w[12], w[13], w[5], w[10]);
        w[13] = Sha512Round.word(w[13], w[14], w[6], w[11]);
        w[14] = Sha512Round.word(w[14], w[15], w[7], w[12]);
        w[15] = Sha512Round.word(w[15], w[0], w[8], w[13]);
    }

    private void add(Sha512Round s) {
        state[0] += s.a();
        state[1] += s.b();
        state[2] += s.c();
        state[3] += s.d();
        state[4] += s.e();
        state[5] += s.f();
        state[6] += s.g();
        state[7] += s.h();
    }
}
