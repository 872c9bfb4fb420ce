package k23.loader.crypto;

import java.math.BigInteger;

/** SHA-512's round constants (FIPS 180-4, section 4.2.3), computed when the program is built. */
final class RoundConstants {
    private static final int ROUNDS = 80;
    private static final int FRACTION_BITS = 64;
    /** No cube root of a prime below 512 has more bits before its point. */
    private static final int WHOLE_BITS = 3;

    private RoundConstants() {}

    /** The first 64 fractional bits of the cube roots of the first 80 primes. */
    static long[] all() {
        long[] constants = new long[ROUNDS];
        BigInteger prime = BigInteger.TWO;
        for (int i = 0; i < ROUNDS; i++) {
            constants[i] = cubeRoot(prime.shiftLeft(3 * FRACTION_BITS)).longValue();
            prime = prime.nextProbablePrime();
        }
        return constants;
    }

    /** The largest r with r^3 <= {@code cube}: Newton's steps fall from above until there. */
    private static BigInteger cubeRoot(BigInteger cube) {
        BigInteger next = BigInteger.ONE.shiftLeft(WHOLE_BITS + FRACTION_BITS);
        BigInteger root;
        do {
            root = next;
            next = root.shiftLeft(1).add(cube.divide(root.multiply(root)))
                    .divide(BigInteger.valueOf(3));
        } while (next.compareTo(root) < 0);
        return root;
    }
}
