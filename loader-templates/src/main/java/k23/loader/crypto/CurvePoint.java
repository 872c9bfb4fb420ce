package k23.loader.crypto;

import static k23.loader.crypto.FieldMachine.ADD;
import static k23.loader.crypto.FieldMachine.MULTIPLY;
import static k23.loader.crypto.FieldMachine.RELATIVE;
import static k23.loader.crypto.FieldMachine.SQUARE;
import static k23.loader.crypto.FieldMachine.SUBTRACT;
import static k23.loader.crypto.FieldMachine.instruction;

import java.math.BigInteger;
import k23.sdk.NoInline;
import k23.sdk.ReadOnly;

/**
 * The point that the machine works on: one of the twisted Edwards curve -x² + y² = 1 + dx²y² in
 * extended coordinates, x = X/Z, y = Y/Z, xy = T/Z (RFC 8032, section 5.1.4), and three points to
 * add to it in the form in which that is cheapest: Y + X, Y - X, 2Z and 2dT.
 */
final class CurvePoint {
    /** The addend that is the base point: y = 4/5, x even (RFC 8032, section 5.1). */
    static final int BASE = 0;
    /** The addend that {@link #store} makes the negative of the point. */
    static final int MINUS_KEY = 1;
    /** The addend that {@link #store} makes the sum of the two others. */
    static final int BASE_MINUS_KEY = 2;

    private static final int X = 0;
    private static final int Y = 1;
    private static final int Z = 2;
    private static final int T = 3;
    private static final int COORDINATES = 4;
    /** What formulas work with. */
    private static final int A = 4;
    private static final int B = 5;
    private static final int C = 6;
    private static final int E = 7;
    private static final int F = 8;
    private static final int G = 9;
    private static final int H = 10;
    private static final int ADDENDS = 11;
    private static final int KEY_AT = ADDENDS + MINUS_KEY * COORDINATES;
    private static final int SUM_AT = ADDENDS + BASE_MINUS_KEY * COORDINATES;
    private static final int D = 23;
    private static final int TWO_D = 24;
    private static final int ROOT_OF_MINUS_ONE = 25;
    private static final int ONE = 26;
    private static final int ZERO = 27;
    private static final int ENCODED_BYTES = 32;
    private static final byte[] ENCODED = new byte[ENCODED_BYTES];

    /** E, F, G and H of the sum of the point and an addend (RFC 8032, section 5.1.4). */
    @ReadOnly
    private static final int[] ADDITION = {
        instruction(SUBTRACT, A, Y, X),
        instruction(MULTIPLY + RELATIVE, A, A, 1),
        instruction(ADD, B, Y, X),
        instruction(MULTIPLY + RELATIVE, B, B, 0),
        instruction(MULTIPLY + RELATIVE, C, T, 3),
        instruction(MULTIPLY + RELATIVE, Z, Z, 2),
        instruction(SUBTRACT, E, B, A),
        instruction(SUBTRACT, F, Z, C),
        instruction(ADD, G, Z, C),
        instruction(ADD, H, B, A),
    };

    /** The same for twice the point: F and G are minus those of the RFC, and so is E. */
    @ReadOnly
    private static final int[] DOUBLING = {
        instruction(SQUARE, A, X, 1),
        instruction(SQUARE, B, Y, 1),
        instruction(ADD, H, A, B),
        instruction(SUBTRACT, G, B, A),
        instruction(MULTIPLY, E, X, Y),
        instruction(ADD, E, E, E),
        instruction(SQUARE, F, Z, 1),
        instruction(ADD, F, F, F),
        instruction(SUBTRACT, F, F, G),
    };

    /** The point that E, F, G and H stand for, but for T. */
    @ReadOnly
    private static final int[] PRODUCTS = {
        instruction(MULTIPLY, X, E, F),
        instruction(MULTIPLY, Y, G, H),
        instruction(MULTIPLY, Z, F, G),
    };

    /** T of the same point. */
    @ReadOnly
    private static final int[] T_PRODUCT = {instruction(MULTIPLY, T, E, H)};

    @ReadOnly
    private static final int[] NEUTRAL = {
        instruction(ADD, X, ZERO, ZERO),
        instruction(ADD, Y, ONE, ZERO),
        instruction(ADD, Z, ONE, ZERO),
        instruction(ADD, T, ZERO, ZERO),
    };

    @ReadOnly
    private static final int[] STORE_NEGATIVE = {
        instruction(SUBTRACT, KEY_AT, Y, X),
        instruction(ADD, KEY_AT + 1, Y, X),
        instruction(ADD, KEY_AT + 2, Z, Z),
        instruction(SUBTRACT, KEY_AT + 3, ZERO, T),
        instruction(MULTIPLY, KEY_AT + 3, KEY_AT + 3, TWO_D),
    };

    @ReadOnly
    private static final int[] STORE_SUM = {
        instruction(ADD, SUM_AT, Y, X),
        instruction(SUBTRACT, SUM_AT + 1, Y, X),
        instruction(ADD, SUM_AT + 2, Z, Z),
        instruction(MULTIPLY, SUM_AT + 3, T, TWO_D),
    };

    /** B = A to the power of 2^250 - 1, by the usual addition chain; C is A to the eleventh. */
    @ReadOnly
    private static final int[] POWER = {
        instruction(SQUARE, C, A, 1),
        instruction(SQUARE, B, C, 2),
        instruction(MULTIPLY, B, B, A), // 9
        instruction(MULTIPLY, C, C, B), // 11
        instruction(SQUARE, E, C, 1),
        instruction(MULTIPLY, B, B, E), // 2^5 - 1
        instruction(SQUARE, E, B, 5),
        instruction(MULTIPLY, B, E, B), // 2^10 - 1
        instruction(SQUARE, E, B, 10),
        instruction(MULTIPLY, E, E, B), // 2^20 - 1
        instruction(SQUARE, F, E, 20),
        instruction(MULTIPLY, E, F, E), // 2^40 - 1
        instruction(SQUARE, E, E, 10),
        instruction(MULTIPLY, B, E, B), // 2^50 - 1
        instruction(SQUARE, E, B, 50),
        instruction(MULTIPLY, E, E, B), // 2^100 - 1
        instruction(SQUARE, F, E, 100),
        instruction(MULTIPLY, E, F, E), // 2^200 - 1
        instruction(SQUARE, E, E, 50),
        instruction(MULTIPLY, B, E, B),
    };

    /** From Y: G = u = y² - 1, H = v = dy² + 1, Z = uv³ and A = uv^7 (RFC 8032, section 5.1.3). */
    @ReadOnly
    private static final int[] BEFORE_ROOT = {
        instruction(SQUARE, G, Y, 1),
        instruction(MULTIPLY, H, G, D),
        instruction(SUBTRACT, G, G, ONE),
        instruction(ADD, H, H, ONE),
        instruction(SQUARE, A, H, 1),
        instruction(MULTIPLY, A, A, H),
        instruction(MULTIPLY, Z, A, G),
        instruction(SQUARE, A, A, 1),
        instruction(MULTIPLY, A, A, H),
        instruction(MULTIPLY, A, A, G),
    };

    /**
     * X = uv³ * (uv^7)^(2^252 - 3), a root of u/v or of -u/v; E = vx² - u, F = vx² + u; Z is one
     * from here on.
     */
    @ReadOnly
    private static final int[] ROOT = {
        instruction(SQUARE, B, B, 2),
        instruction(MULTIPLY, B, B, A),
        instruction(MULTIPLY, X, Z, B),
        instruction(SQUARE, E, X, 1),
        instruction(MULTIPLY, E, E, H),
        instruction(ADD, F, E, G),
        instruction(SUBTRACT, E, E, G),
        instruction(ADD, Z, ONE, ZERO),
    };

    @ReadOnly
    private static final int[] OTHER_ROOT = {instruction(MULTIPLY, X, X, ROOT_OF_MINUS_ONE)};

    @ReadOnly
    private static final int[] NEGATE_X = {instruction(SUBTRACT, X, ZERO, X)};

    @ReadOnly
    private static final int[] T_OF_X = {instruction(MULTIPLY, T, X, Y)};

    @ReadOnly
    private static final int[] COPY_Z = {instruction(ADD, A, Z, ZERO)};

    /** E = X/A and F = Y/A: B becomes the inverse of A, its power of p - 2 = 2^255 - 32 + 11. */
    @ReadOnly
    private static final int[] QUOTIENTS = {
        instruction(SQUARE, B, B, 5),
        instruction(MULTIPLY, B, B, C),
        instruction(MULTIPLY, E, X, B),
        instruction(MULTIPLY, F, Y, B),
    };

    @ReadOnly
    private static final int[] COMPARE = {instruction(SUBTRACT, A, Y, Z)};

    static {
        set(ONE, BigInteger.ONE);
        set(D, CurveConstants.D);
        set(TWO_D, CurveConstants.D.shiftLeft(1));
        set(ROOT_OF_MINUS_ONE, CurveConstants.ROOT_OF_MINUS_ONE);
        BigInteger x = CurveConstants.BASE_X;
        BigInteger y = CurveConstants.BASE_Y;
        set(ADDENDS, y.add(x));
        set(ADDENDS + 1, y.subtract(x));
        set(ADDENDS + 2, BigInteger.TWO);
        set(ADDENDS + 3, x.multiply(y).multiply(CurveConstants.D).shiftLeft(1));
    }

    private CurvePoint() {}

    @NoInline
    private static void run(int... program) {
        FieldMachine.run(program, 0);
    }

    private static void set(int register, BigInteger number) {
        FieldMachine.set(register, FieldElement.of(number.mod(CurveConstants.P)));
    }

    /**
     * Makes the addends of a key from the point, which is the key; then this is neutral. False for
     * a key of small order.
     */
    static boolean store() {
        run(STORE_NEGATIVE);
        if (isOfSmallOrder()) {
            return false;
        }
        run(NEUTRAL);
        add(BASE, true);
        add(MINUS_KEY, true);
        run(STORE_SUM);
        run(NEUTRAL);
        return true;
    }

    /**
     * Adds an addend.
     *
     * @param withT whether T is needed: only another addition uses it
     */
    static void add(int addend, boolean withT) {
        FieldMachine.run(ADDITION, ADDENDS + COORDINATES * addend);
        multiply(withT);
    }

    /** Doubles this; {@code withT} as for {@link #add}. */
    static void redouble(boolean withT) {
        run(DOUBLING);
        multiply(withT);
    }

    private static void multiply(boolean withT) {
        run(PRODUCTS);
        if (withT) {
            run(T_PRODUCT);
        }
    }

    /**
     * Decodes 32 bytes strictly (RFC 8032, section 5.1.3): false when y is not below p, when there
     * is no such point, or when x is 0 with its sign bit set.
     */
    static boolean decode(byte[] bytes, int at) {
        FieldMachine.set(Y, FieldElement.decode(bytes, at));
        boolean odd = bytes[at + ENCODED_BYTES - 1] < 0;
        encode(Y, odd);
        return isEncoded(bytes, at) && setX(odd);
    }

    private static void encode(int register, boolean odd) {
        FieldMachine.get(register).encode(ENCODED, 0);
        if (odd) {
            ENCODED[ENCODED_BYTES - 1] |= (byte) 0x80;
        }
    }

    /** Whether the 32 bytes are what has been encoded last. */
    private static boolean isEncoded(byte[] bytes, int at) {
        int difference = 0;
        for (int i = 0; i < ENCODED_BYTES; i++) {
            difference |= ENCODED[i] ^ bytes[at + i];
        }
        return difference == 0;
    }

    /** Makes this the point with its y and the wanted sign of x; false if there is none. */
    private static boolean setX(boolean odd) {
        run(BEFORE_ROOT);
        run(POWER);
        run(ROOT);
        if (!isZero(E)) {
            if (!isZero(F)) {
                return false;
            }
            run(OTHER_ROOT);
        }
        if (isOdd(X) != odd) {
            run(NEGATE_X);
            // Zero has no other sign.
            if (isOdd(X) != odd) {
                return false;
            }
        }
        run(T_OF_X);
        return true;
    }

    @NoInline
    private static boolean isZero(int register) {
        return FieldMachine.get(register).isZero();
    }

    @NoInline
    private static boolean isOdd(int register) {
        return FieldMachine.get(register).isOdd();
    }

    /** Whether the 32 bytes are the encoding of this point (RFC 8032, section 5.1.2). */
    static boolean hasEncoding(byte[] bytes, int at) {
        run(COPY_Z);
        run(POWER);
        run(QUOTIENTS);
        encode(F, isOdd(E));
        return isEncoded(bytes, at);
    }

    /** Whether eight times this point is neutral: such points fit any message. Changes this. */
    static boolean isOfSmallOrder() {
        for (int i = 0; i < 3; i++) {
            redouble(false);
        }
        run(COMPARE);
        return isZero(X) && isZero(A);
    }
}
