package k23.codegen.compiler.support;

/** The operator {@code %} on {@code float} and {@code double} (JLS 15.17.3): never rounded. */
public final class Remainder {
    private static final int FRACTION_BITS = 52;
    private static final long FRACTION = (1L << FRACTION_BITS) - 1;
    private static final long HIDDEN = 1L << FRACTION_BITS;
    private static final int MAX_EXPONENT = 0x7ff;

    private Remainder() {}

    /** {@code x % y}: what is a multiple of both units is a {@code float} again. */
    public static float of(float x, float y) {
        return (float) of((double) x, (double) y);
    }

    /** {@code x % y}, with the sign of {@code x}. */
    public static double of(double x, double y) {
        long bits = Double.doubleToRawLongBits(x);
        long sign = bits & Long.MIN_VALUE;
        long dividend = bits & Long.MAX_VALUE;
        long divisor = Double.doubleToRawLongBits(y) & Long.MAX_VALUE;
        if (divisor == 0 || exponent(dividend) == MAX_EXPONENT || y != y) {
            return (x * y) / (x * y);
        }
        if (dividend < divisor) {
            return x;
        }
        long rest = significand(dividend);
        long step = significand(divisor);
        int exponent = scale(dividend);
        int last = scale(divisor);
        for (; exponent > last; exponent--) {
            rest = rest >= step ? rest - step << 1 : rest << 1;
        }
        rest = rest >= step ? rest - step : rest;
        return Double.longBitsToDouble(sign | number(rest, last));
    }

    private static int exponent(long bits) {
        return (int) (bits >>> FRACTION_BITS);
    }

    /** How far a subnormal number's highest bit is from where a normal one has its hidden bit. */
    private static int missingBits(long bits) {
        return exponent(bits) == 0
                ? Long.numberOfLeadingZeros(bits) - (Long.SIZE - 1 - FRACTION_BITS) : 0;
    }

    /** 53 bits, the highest of which is one. */
    private static long significand(long bits) {
        return exponent(bits) == 0 ? bits << missingBits(bits) : bits & FRACTION | HIDDEN;
    }

    /** The exponent that goes with {@link #significand}; zero or less for subnormal numbers. */
    private static int scale(long bits) {
        return Math.max(1, exponent(bits)) - missingBits(bits);
    }

    /** The bits of {@code significand * 2^(scale - 1075)}, which is a number, exactly. */
    private static long number(long significand, int scale) {
        if (significand == 0) {
            return 0;
        }
        int shift = Long.numberOfLeadingZeros(significand) - (Long.SIZE - 1 - FRACTION_BITS);
        if (shift >= scale) {
            // Too small for a hidden bit: all have the exponent of 1, which is written as 0.
            return scale > 0 ? significand << scale - 1 : significand >>> 1 - scale;
        }
        return significand << shift & FRACTION | (long) (scale - shift) << FRACTION_BITS;
    }
}
