package k23.loader.crypto;

/** SHA-512's round constants (FIPS 180-4, section 4.2.3). */
final class RoundConstants {
    private static final int ROUNDS = 80;

    private RoundConstants() {}

    /**
     * The first 64 fractional bits of the cube roots of the first 80 primes (FIPS 180-4, section
     * 4.2.3), computed when the program is built: the largest r with r^3 <= p * 2^192.
     */
    static long[] all() {
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
}
