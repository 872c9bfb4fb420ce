package k23.tests.differential.cases;

/**
 * Floating point at its boundaries: signed zeros, subnormal numbers, infinities, NaNs of several
 * kinds, where conversions saturate and where rounding is decided. The inputs are bits of
 * {@code double}.
 */
public final class FloatBoundaries {
    /** The number of cases. */
    public static final int COUNT = 48;

    private static final double[] NUMBERS = {
        0.0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, -3.5, 1.0 / 3, Math.PI, 1e17, -1e-300,
        0.49999999999999994, -0.49999999999999994, 0x1.fffffep-2,
        Double.MIN_VALUE, -Double.MIN_VALUE, Math.nextDown(Double.MIN_NORMAL), Double.MIN_NORMAL,
        Double.MAX_VALUE, -Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
        Float.MIN_VALUE, 0x1p-150, 0x1.8p-149, Float.MIN_NORMAL, Math.nextDown(Float.MIN_NORMAL),
        Float.MAX_VALUE, 0x1.ffffffp127, Math.nextDown(0x1.ffffffp127), 0x1p24 + 1, 0x1.000001p0,
        0x1p31, 0x1p31 - 1, 0x1p31 - 0.5, -0x1p31, -0x1p31 - 0.5, -0x1p31 - 1, 0x1p32,
        0x1p63, -0x1p63, Math.nextDown(0x1p63), Math.nextDown(-0x1p63), 0x1p52 - 0.5, 0x1p53 + 2,
        Double.NaN,
    };
    /** Negative, signalling, and one whose payload is lost in a {@code float}. */
    private static final long[] NANS = {
        0xfff8000000000123L, 0x7ff4000000000000L, 0x7ff8000000000001L,
    };
    private static final int FIRST_MATH = 18;
    private static final int FIRST_CLASSES = 34;

    private FloatBoundaries() {}

    /** The number of inputs. */
    public static int inputs() {
        return NUMBERS.length + NANS.length;
    }

    /** The bits of the {@code index}th input. */
    public static long input(int index) {
        return index < NUMBERS.length ? Double.doubleToRawLongBits(NUMBERS[index])
                : NANS[index - NUMBERS.length];
    }

    /** Runs case {@code which} on numbers of the bits {@code a} and {@code b}. */
    public static long run(int which, long a, long b) {
        double x = Double.longBitsToDouble(a);
        double y = Double.longBitsToDouble(b);
        float s = (float) x;
        float t = (float) y;
        if (which < FIRST_MATH) {
            return operators(which, x, y, s, t);
        }
        return which < FIRST_CLASSES ? math(which, x, y, s, t) : classes(which, x, y, s, t);
    }

    private static long bits(double x) {
        return Double.doubleToLongBits(x);
    }

    private static long bits(float x) {
        return Float.floatToIntBits(x);
    }

    private static long operators(int which, double x, double y, float s, float t) {
        return switch (which) {
            case 0 -> bits(x + y);
            case 1 -> bits(x - y);
            case 2 -> bits(x * y);
            case 3 -> bits(x / y);
            case 4 -> bits(x % y);
            case 5 -> bits(s + t);
            case 6 -> bits(s - t);
            case 7 -> bits(s * t);
            case 8 -> bits(s / t);
            case 9 -> bits(s % t);
            case 10 -> bits(-x) * 31 + bits(-s);
            case 11 -> (x < y ? 1 : 0) | (x <= y ? 2 : 0) | (x > y ? 4 : 0) | (x >= y ? 8 : 0)
                    | (x == y ? 16 : 0) | (x != y ? 32 : 0);
            case 12 -> (s < t ? 1 : 0) | (s <= t ? 2 : 0) | (s > t ? 4 : 0) | (s >= t ? 8 : 0)
                    | (s == t ? 16 : 0) | (s != t ? 32 : 0);
            case 13 -> (int) x * 3L + (int) y * 5L + (int) s * 7L + (int) t * 11L;
            case 14 -> (long) x * 3 + (long) y * 5 + (long) s * 7 + (long) t * 11;
            case 15 -> (byte) x + (short) x * 3L + (char) x * 5L + (byte) s + (char) t * 7L;
            case 16 -> bits((double) (long) x) * 3 + bits((float) (long) y) + bits((int) x / 3f);
            default -> bits((double) s) * 3 + bits((float) y) + bits((double) (float) (x + y));
        };
    }

    private static long math(int which, double x, double y, float s, float t) {
        return switch (which) {
            case 18 -> bits(Math.sqrt(x)) * 3 + bits((float) Math.sqrt(t));
            case 19 -> bits(Math.abs(x)) * 3 + bits(Math.abs(t)) + bits(StrictMath.abs(y));
            case 20 -> bits(Math.floor(x)) * 3 + bits(StrictMath.floor(y));
            case 21 -> bits(Math.ceil(x)) * 3 + bits(StrictMath.ceil(y));
            case 22 -> bits(Math.rint(x)) * 3 + bits(StrictMath.rint(y));
            case 23 -> Math.round(x) * 3 + Math.round(t);
            case 24 -> bits(Math.min(x, y)) * 3 + bits(Math.min(s, t));
            case 25 -> bits(Math.max(x, y)) * 3 + bits(Math.max(s, t));
            case 26 -> bits(Math.fma(x, y, x)) * 3 + bits(Math.fma(s, t, t));
            case 27 -> bits(Math.fma(x, 0x1.0000001p0, -y)) * 3 + bits(Math.fma(s, 1.5f, -t));
            case 28 -> bits(Math.copySign(x, y != y ? 1 : y)) * 3
                    + bits(Math.copySign(s, t != t ? 1 : t)) + bits(StrictMath.copySign(y, x));
            case 29 -> bits(Math.signum(x)) * 3 + bits(Math.signum(t));
            case 30 -> bits(Math.nextUp(x)) * 3 + bits(Math.nextDown(t));
            case 31 -> bits(Math.ulp(x)) * 3 + bits(Math.ulp(t)) + Math.getExponent(y);
            case 32 -> bits(Math.scalb(x, (int) y)) * 3 + bits(Math.scalb(s, (int) t));
            default -> bits(Math.IEEEremainder(x, y)) * 3 + bits(Math.nextAfter(s, y));
        };
    }

    private static long classes(int which, double x, double y, float s, float t) {
        return switch (which) {
            case 34 -> Double.compare(x, y) * 3L + Float.compare(s, t);
            case 35 -> Double.hashCode(x) * 3L + Float.hashCode(t);
            case 36 -> (Double.isNaN(x) ? 1 : 0) + (Double.isInfinite(x) ? 2 : 0)
                    + (Double.isFinite(x) ? 4 : 0) + (Float.isNaN(t) ? 8 : 0)
                    + (Float.isInfinite(t) ? 16 : 0) + (Float.isFinite(t) ? 32 : 0);
            case 37 -> Double.doubleToRawLongBits(x) * 3 + Double.doubleToRawLongBits(y);
            case 38 -> t != t ? 1 : Float.floatToRawIntBits(t) + bits(Float.intBitsToFloat(
                    Float.floatToIntBits(s)));
            case 39 -> bits(Double.MIN_VALUE + x) * 3 + bits(Float.MIN_VALUE + t);
            case 40 -> bits(Double.MAX_VALUE * x) * 3 + bits(Float.MAX_VALUE * t);
            case 41 -> bits(Double.sum(x, y)) * 3 + bits(Float.sum(s, t));
            case 42 -> bits(Double.max(x, y)) * 3 + bits(Double.min(x, y));
            case 43 -> bits(Math.clamp(x, -1e10, 1e10)) * 3 + bits(Math.clamp(t, -2f, 2f));
            case 44 -> bits(Math.toRadians(x)) * 3 + bits(Math.toDegrees(y));
            case 45 -> bits(x != x || y != y ? 0 : StrictMath.hypot(x, y));
            case 46 -> bits(StrictMath.cbrt(x)) * 3 + bits(StrictMath.log(Math.abs(y)));
            default -> branches(x, y, s, t);
        };
    }

    /** Every comparison decides a jump, negated and not. */
    private static long branches(double x, double y, float s, float t) {
        long path = 1;
        if (!(x < y)) {
            path = path * 2 + 1;
        }
        if (!(x >= y) && s <= t) {
            path = path * 3 + 1;
        }
        while (path < 20 && (x > y || !(s > t))) {
            path = path * 5 + 1;
        }
        do {
            path += 7;
        } while (x != y && s < t && path < 50);
        return (x == y) != (s == t) ? -path : path;
    }
}
