package k23.loader.crypto;

import java.math.BigInteger;

/** The numbers of edwards25519 (RFC 8032, section 5.1), computed when the program is built. */
final class CurveConstants {
    /** The field's prime, 2^255 - 19. */
    static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    /** The curve's d = -121665/121666. */
    static final BigInteger D = quotient(-121665, 121666);
    /** A square root of -1: 2 to the power of (p - 1) / 4. */
    static final BigInteger ROOT_OF_MINUS_ONE =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
    /** The base point's y = 4/5. */
    static final BigInteger BASE_Y = quotient(4, 5);
    /** The base point's x, which is even. */
    static final BigInteger BASE_X = evenX(BASE_Y);

    private CurveConstants() {}

    private static BigInteger quotient(int dividend, int divisor) {
        return BigInteger.valueOf(dividend).multiply(BigInteger.valueOf(divisor).modInverse(P))
                .mod(P);
    }

    /** The even one of the two roots of (y² - 1) / (dy² + 1). */
    private static BigInteger evenX(BigInteger y) {
        BigInteger ySquared = y.multiply(y);
        BigInteger square = ySquared.subtract(BigInteger.ONE)
                .multiply(D.multiply(ySquared).add(BigInteger.ONE).modInverse(P)).mod(P);
        BigInteger root = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
        if (!root.multiply(root).mod(P).equals(square)) {
            root = root.multiply(ROOT_OF_MINUS_ONE).mod(P);
        }
        return root.testBit(0) ? P.subtract(root) : root;
    }
}
