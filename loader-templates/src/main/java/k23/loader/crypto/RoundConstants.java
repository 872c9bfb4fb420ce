package k23.loader.crypto;

/** The constants of sixteen consecutive rounds of SHA-512 (FIPS 180-4, section 4.2.3). */
record RoundConstants(long k0, long k1, long k2, long k3, long k4, long k5, long k6, long k7, long
        k8, long k9, long k10, long k11, long k12, long k13, long k14, long k15) {
    /** There are eighty rounds. */
    static final int GROUPS = 5;

    /**
     * The first 64 fractional bits of the cube roots of the first 80 primes (FIPS 180-4, section
     * 4.2.3), computed when the program is built: the largest r with r^3 <= p * 2^192.
     */
    static RoundConstants[] all() {
        RoundConstants[] groups = new RoundConstants[GROUPS];
        long[] k = new long[16];
        int prime = 1;
        for (int i = 0; i < 16 * GROUPS; i++) {
            do {
                prime++;
            } while (!isPrime(prime));
            k[i & 15] = cubeRootFraction(prime);
            if ((i & 15) == 15) {
                groups[i >> 4] = new RoundConstants(k[0], k[1], k[2], k[3], k[4], k[5], k[6], k[7],
                        k[8], k[9], k[10], k[11], k[12], k[13], k[14], k[15]);
            }
        }
        return groups;
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
}
