package k23.tests.bench.kernel;

/** Small programs whose guest instructions are compared with those of gcc's code. */
public final class Kernels {
    private static final int SIEVE_LIMIT = 200_000;
    private static final int CRC_BYTES = 1 << 16;
    private static final int MATRIX_ROWS = 64;
    private static final int SORT_ITEMS = 20_000;
    private static final int HASH_BLOCKS = 512;
    private static final int DISPATCH_STEPS = 200_000;

    private static final boolean[] COMPOSITE = new boolean[SIEVE_LIMIT];
    private static final byte[] DATA = new byte[CRC_BYTES];
    private static final int[] CRC_TABLE = new int[256];
    private static final long[] LEFT = new long[MATRIX_ROWS * MATRIX_ROWS];
    private static final long[] RIGHT = new long[MATRIX_ROWS * MATRIX_ROWS];
    private static final long[] PRODUCT = new long[MATRIX_ROWS * MATRIX_ROWS];
    private static final int[] ITEMS = new int[SORT_ITEMS];
    private static final int[] SCHEDULE = new int[64];
    private static final int[] STATE = new int[8];
    private static final int[] ROUND_CONSTANTS = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
        0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
        0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
        0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
        0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
        0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
        0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
        0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
        0xc67178f2,
    };
    private static final byte[] PROGRAM = {0, 1, 2, 3, 1, 4, 2, 5, 1, 0, 3, 6, 4, 2, 7, 1};

    private Kernels() {}

    /** The 24th Fibonacci number, by the doubly recursive definition. */
    public static long fib() {
        return fib(24);
    }

    private static int fib(int n) {
        return n < 2 ? n : fib(n - 1) + fib(n - 2);
    }

    /** How many primes there are below 200,000, by the sieve of Eratosthenes. */
    public static long sieve() {
        boolean[] composite = COMPOSITE;
        int count = 0;
        for (int i = 2; i < composite.length; i++) {
            if (!composite[i]) {
                count++;
                for (int j = i + i; j < composite.length; j += i) {
                    composite[j] = true;
                }
            }
        }
        return count;
    }

    /** The CRC-32 (IEEE 802.3) of 64 KiB, a table look-up a byte. */
    public static long crc32() {
        for (int i = 0; i < 256; i++) {
            int c = i;
            for (int k = 0; k < 8; k++) {
                c = (c & 1) != 0 ? 0xedb88320 ^ c >>> 1 : c >>> 1;
            }
            CRC_TABLE[i] = c;
        }
        byte[] data = DATA;
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i * 7 + (i >> 8));
        }
        int crc = -1;
        for (int i = 0; i < data.length; i++) {
            crc = CRC_TABLE[(crc ^ data[i]) & 0xff] ^ crc >>> 8;
        }
        return ~crc & 0xffffffffL;
    }

    /** The sum of the elements of a product of two 64 x 64 matrices. */
    public static long matmul() {
        for (int i = 0; i < LEFT.length; i++) {
            LEFT[i] = i * 3 + 1;
            RIGHT[i] = i * 5 + 2;
        }
        for (int i = 0; i < MATRIX_ROWS; i++) {
            for (int j = 0; j < MATRIX_ROWS; j++) {
                long sum = 0;
                for (int k = 0; k < MATRIX_ROWS; k++) {
                    sum += LEFT[i * MATRIX_ROWS + k] * RIGHT[k * MATRIX_ROWS + j];
                }
                PRODUCT[i * MATRIX_ROWS + j] = sum;
            }
        }
        long total = 0;
        for (int i = 0; i < PRODUCT.length; i++) {
            total += PRODUCT[i] ^ i;
        }
        return total;
    }

    /** Sorts 20,000 pseudo-random numbers by heap sort and hashes the result. */
    public static long sort() {
        int[] items = ITEMS;
        int seed = 12345;
        for (int i = 0; i < items.length; i++) {
            seed = seed * 1103515245 + 12345;
            items[i] = seed;
        }
        for (int i = items.length / 2 - 1; i >= 0; i--) {
            siftDown(items, i, items.length);
        }
        for (int end = items.length - 1; end > 0; end--) {
            int top = items[0];
            items[0] = items[end];
            items[end] = top;
            siftDown(items, 0, end);
        }
        long hash = 0;
        for (int i = 0; i < items.length; i++) {
            hash = hash * 31 + items[i];
        }
        return hash;
    }

    private static void siftDown(int[] items, int root, int end) {
        int item = items[root];
        int hole = root;
        for (int child = 2 * hole + 1; child < end; child = 2 * hole + 1) {
            if (child + 1 < end && items[child + 1] > items[child]) {
                child++;
            }
            if (items[child] <= item) {
                break;
            }
            items[hole] = items[child];
            hole = child;
        }
        items[hole] = item;
    }

    /** 512 compressions of SHA-256 (FIPS 180-4) over a counter. */
    public static long sha256() {
        for (int i = 0; i < 8; i++) {
            STATE[i] = i * 0x01234567;
        }
        for (int block = 0; block < HASH_BLOCKS; block++) {
            for (int i = 0; i < 16; i++) {
                SCHEDULE[i] = block * 16 + i;
            }
            compress();
        }
        return (STATE[0] & 0xffffffffL) << 32 | STATE[7] & 0xffffffffL;
    }

    private static void compress() {
        int[] w = SCHEDULE;
        for (int i = 16; i < 64; i++) {
            int s0 = Integer.rotateRight(w[i - 15], 7) ^ Integer.rotateRight(w[i - 15], 18)
                    ^ w[i - 15] >>> 3;
            int s1 = Integer.rotateRight(w[i - 2], 17) ^ Integer.rotateRight(w[i - 2], 19)
                    ^ w[i - 2] >>> 10;
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        int a = STATE[0], b = STATE[1], c = STATE[2], d = STATE[3];
        int e = STATE[4], f = STATE[5], g = STATE[6], h = STATE[7];
        for (int i = 0; i < 64; i++) {
            int s1 = Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11)
                    ^ Integer.rotateRight(e, 25);
            int t1 = h + s1 + (e & f ^ ~e & g) + ROUND_CONSTANTS[i] + w[i];
            int s0 = Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13)
                    ^ Integer.rotateRight(a, 22);
            int t2 = s0 + (a & b ^ a & c ^ b & c);
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

    /** Interprets 200,000 instructions of a small byte code. */
    public static long dispatch() {
        byte[] program = PROGRAM;
        int pc = 0;
        long x = 1;
        long y = 7;
        for (int step = 0; step < DISPATCH_STEPS; step++) {
            switch (program[pc]) {
                case 0 -> x += y;
                case 1 -> y ^= x;
                case 2 -> x <<= 1;
                case 3 -> y -= 3;
                case 4 -> x ^= x >>> 7;
                case 5 -> y += step;
                case 6 -> x *= 5;
                default -> x -= y;
            }
            pc = pc + 1 & 15;
        }
        return x ^ y;
    }
}
