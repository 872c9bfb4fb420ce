package k23.tests.bench.kernel;

/** Kernels that mostly move and look up memory: SHA-512, LZ4, copies, page-table walks. */
public final class MemoryKernels {
    private static final int HASH_BLOCKS = 256;
    private static final int COPY_WORDS = 4096;
    private static final int COPY_ROUNDS = 16;
    private static final int PACKED_BYTES = 1 << 16;
    private static final int TABLE_WORDS = 512;
    private static final int TABLES = 64;
    private static final int WALKS = 20_000;

    private static final long[] SCHEDULE = new long[80];
    private static final long[] STATE = new long[8];
    private static final long[] SOURCE = new long[COPY_WORDS];
    private static final long[] TARGET = new long[COPY_WORDS];
    private static final byte[] PACKED = new byte[PACKED_BYTES];
    private static final byte[] UNPACKED = new byte[4 * PACKED_BYTES];
    private static final long[] MEMORY = new long[TABLES * TABLE_WORDS];

    private MemoryKernels() {}

    /** 256 compressions of SHA-512 (FIPS 180-4) over a counter, with counters for constants. */
    public static long sha512() {
        for (int i = 0; i < 8; i++) {
            STATE[i] = i * 0x0123456789abcdefL;
        }
        for (int block = 0; block < HASH_BLOCKS; block++) {
            for (int i = 0; i < 16; i++) {
                SCHEDULE[i] = block * 16 + i;
            }
            compress();
        }
        return STATE[0] ^ STATE[7];
    }

    private static void compress() {
        long[] w = SCHEDULE;
        for (int i = 16; i < 80; i++) {
            long s0 = Long.rotateRight(w[i - 15], 1) ^ Long.rotateRight(w[i - 15], 8)
                    ^ w[i - 15] >>> 7;
            long s1 = Long.rotateRight(w[i - 2], 19) ^ Long.rotateRight(w[i - 2], 61)
                    ^ w[i - 2] >>> 6;
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        long a = STATE[0], b = STATE[1], c = STATE[2], d = STATE[3];
        long e = STATE[4], f = STATE[5], g = STATE[6], h = STATE[7];
        for (int i = 0; i < 80; i++) {
            long s1 = Long.rotateRight(e, 14) ^ Long.rotateRight(e, 18)
                    ^ Long.rotateRight(e, 41);
            long t1 = h + s1 + (e & f ^ ~e & g) + i + w[i];
            long s0 = Long.rotateRight(a, 28) ^ Long.rotateRight(a, 34)
                    ^ Long.rotateRight(a, 39);
            long t2 = s0 + (a & b ^ a & c ^ b & c);
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }
        STATE[0] += a;
        STATE[1] += b;
        STATE[2] += c;
        STATE[3] += d;
        STATE[4] += e;
        STATE[5] += f;
        STATE[6] += g;
        STATE[7] += h;
    }

    /** Writes an LZ4 block of short literals and matches, then decodes it. */
    public static long lz4() {
        int packed = pack();
        int length = unpack(packed);
        long hash = length;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + UNPACKED[i];
        }
        return hash;
    }

    private static int pack() {
        int at = 0;
        int produced = 0;
        for (int i = 0; at < PACKED_BYTES - 64; i++) {
            int literals = i % 7 + 1;
            int match = i % 11;
            PACKED[at++] = (byte) (literals << 4 | match);
            for (int k = 0; k < literals; k++) {
                PACKED[at++] = (byte) (i * 5 + k);
            }
            produced += literals;
            int distance = i % produced + 1 & 0xff;
            PACKED[at++] = (byte) (distance == 0 ? 1 : distance);
            PACKED[at++] = 0;
            produced += match + 4;
        }
        PACKED[at++] = 0x10;
        PACKED[at++] = 7;
        return at;
    }

    private static int unpack(int packed) {
        byte[] in = PACKED;
        byte[] out = UNPACKED;
        int from = 0;
        int to = 0;
        while (true) {
            int token = in[from++] & 0xff;
            for (int literals = token >> 4; literals > 0; literals--) {
                out[to++] = in[from++];
            }
            if (from >= packed) {
                return to;
            }
            int distance = in[from] & 0xff | (in[from + 1] & 0xff) << 8;
            from += 2;
            for (int match = (token & 15) + 4; match > 0; match--) {
                out[to] = out[to - distance];
                to++;
            }
        }
    }

    /** Copies and fills 32 KiB, sixteen times. */
    public static long copy() {
        long[] source = SOURCE;
        long[] target = TARGET;
        long sum = 0;
        for (int round = 0; round < COPY_ROUNDS; round++) {
            for (int i = 0; i < source.length; i++) {
                source[i] = round;
            }
            for (int i = 0; i < source.length; i++) {
                target[i] = source[i];
            }
            sum += target[round * 100] + target[target.length - 1];
        }
        return sum;
    }

    /** Translates 20,000 addresses through three-level page tables. */
    public static long walk() {
        long[] memory = MEMORY;
        for (int i = 0; i < memory.length; i++) {
            memory[i] = (long) (i * 7 % TABLES) << 10 | 1;
        }
        long address = 12345;
        long sum = 0;
        for (int i = 0; i < WALKS; i++) {
            address = address * 6364136223846793005L + 1442695040888963407L;
            int table = 0;
            for (int level = 2; level >= 0; level--) {
                int index = (int) (address >>> 12 + 9 * level) & 511;
                long entry = memory[table * TABLE_WORDS + index];
                if ((entry & 1) == 0) {
                    break;
                }
                table = (int) (entry >>> 10);
            }
            sum += (long) table << 12 | address & 4095;
        }
        return sum;
    }
}
