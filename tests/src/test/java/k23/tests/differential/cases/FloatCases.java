package k23.tests.differential.cases;

/**
 * {@code float} and {@code double}: operators, comparisons, conversions, and how they are passed,
 * stored and held. Inputs are taken as bits and as numbers.
 */
public final class FloatCases {
    /** The number of cases. */
    public static final int COUNT = 36;

    private static final double[] TABLE = {0.5, -1.25, 1e300, Double.NaN, -0.0, 3};
    private static double changing = 1.5;

    private FloatCases() {}

    private record Pair(double x, float y, int n) {
        double sum() {
            return x + y * n;
        }
    }

    private interface Shape {
        double area(double scale);
    }

    private static final class Square implements Shape {
        private final double side;
        private float unit;

        Square(double side, float unit) {
            this.side = side;
            this.unit = unit;
        }

        @Override
        public double area(double scale) {
            unit += 1;
            return side * side * scale + unit;
        }
    }

    private static final class Circle implements Shape {
        private final double radius;

        Circle(double radius) {
            this.radius = radius;
        }

        @Override
        public double area(double scale) {
            return radius * radius * Math.PI * scale;
        }
    }

    /** A number of every kind: from small integers to NaN, by the bits of {@code a}. */
    private static double number(long a) {
        return switch ((int) (a ^ a >>> 32) & 3) {
            case 0 -> a;
            case 1 -> Double.longBitsToDouble(a);
            case 2 -> (double) a / 1000;
            default -> Float.intBitsToFloat((int) a);
        };
    }

    private static long bits(double x) {
        return Double.doubleToLongBits(x);
    }

    private static long bits(float x) {
        return Float.floatToIntBits(x);
    }

    /** Runs case {@code which}. */
    public static long run(int which, long a, long b) {
        double x = number(a);
        double y = number(b);
        float s = (float) x;
        float t = (float) y;
        return switch (which) {
            case 0 -> bits(x + y);
            case 1 -> bits(x - y);
            case 2 -> bits(x * y);
            case 3 -> bits(x / y);
            case 4 -> bits(x % y);
            case 5 -> bits(-x);
            case 6 -> bits(s + t);
            case 7 -> bits(s - t);
            case 8 -> bits(s * t);
            case 9 -> bits(s / t);
            case 10 -> bits(s % t);
            case 11 -> bits(-s);
            case 12 -> comparisons(x, y);
            case 13 -> comparisons(s, t);
            case 14 -> (int) x * 31L + (int) s;
            case 15 -> (long) x ^ (long) s;
            case 16 -> (byte) x + (short) s * 7L + (char) y * 9L;
            case 17 -> bits((double) a) + bits((double) (int) b);
            case 18 -> bits((float) a) + bits((float) (int) b);
            case 19 -> bits((double) s) ^ bits((float) y);
            case 20 -> bits(Math.sqrt(x)) + bits(Math.abs(y)) + bits(Math.abs(t));
            case 21 -> bits(Math.floor(x)) ^ bits(Math.ceil(y)) ^ bits(Math.rint(x));
            case 22 -> Math.round(x) + Math.round(t);
            case 23 -> bits(Math.min(x, y)) ^ bits(Math.max(x, y)) + bits(Math.min(s, t));
            case 24 -> bits(Math.fma(x, y, 0.1)) + bits(Math.fma(s, t, 0.1f));
            case 25 -> bits(new Pair(x, t, (int) a).sum());
            case 26 -> new Pair(x, t, 1).equals(new Pair(y, s, 1)) ? 1
                    : new Pair(x, t, 1).hashCode();
            case 27 -> arrays(x, t);
            case 28 -> bits(shape(a, x).area(y) + shape(b, y).area(0.5));
            case 29 -> bits(many(1, x, s, 2, y, t, 3, 4, x, y, 5, s, t, 6, x, y, 7));
            case 30 -> statics(x);
            case 31 -> loop(x, t);
            case 32 -> bits(x > y ? x : t) + bits(x <= y || s != t ? s : 2);
            case 33 -> bits(Double.compare(x, y) * 3 + Float.compare(s, t));
            case 34 -> bits(Math.copySign(x, y == y ? y : 1)) + (Double.isNaN(x) ? 1 : 0)
                    + (Double.isInfinite(y) ? 2 : 0);
            default -> folded() + bits(x * 0 + 1);
        };
    }

    private static long comparisons(double x, double y) {
        return (x < y ? 1 : 0) + (x <= y ? 2 : 0) + (x > y ? 4 : 0) + (x >= y ? 8 : 0)
                + (x == y ? 16 : 0) + (x != y ? 32 : 0) + (!(x < y) ? 64 : 0)
                + (!(x >= y) ? 128 : 0);
    }

    private static long comparisons(float x, float y) {
        return (x < y ? 1 : 0) + (x <= y ? 2 : 0) + (x > y ? 4 : 0) + (x >= y ? 8 : 0)
                + (x == y ? 16 : 0) + (x != y ? 32 : 0) + (!(x <= y) ? 64 : 0)
                + (!(x > y) ? 128 : 0);
    }

    private static long arrays(double x, float y) {
        double[] doubles = {x, y, x + y};
        float[] floats = new float[4];
        floats[1] = y;
        floats[3] = (float) doubles[2];
        Pair[] pairs = new Pair[2];
        pairs[0] = new Pair(floats[1], floats[2], 3);
        pairs[1] = new Pair(doubles[0], floats[3], 4);
        return bits(pairs[0].sum()) ^ bits(pairs[1].sum()) + bits(floats[0] + TABLE[1]);
    }

    private static Shape shape(long a, double x) {
        return (a & 1) == 0 ? new Square(x, (float) a) : new Circle(x);
    }

    private static double many(int a, double b, float c, long d, double e, float f, int g, long h,
            double i, double j, int k, float l, float m, long n, double o, double p, int q) {
        return a + b * 2 + c * 3 + d + e * 5 + f * 6 + g + h + i * 9 + j * 10 + k + l * 12
                + m * 13 + n + o * 15 + p * 16 + q;
    }

    private static long statics(double x) {
        double before = changing;
        changing = x;
        double after = changing;
        changing = 1.5;
        return bits(before) ^ bits(after);
    }

    private static long loop(double x, float y) {
        double sum = 0;
        float product = 1;
        for (double d = 0; d < 2; d += 0.25) {
            sum += d * x;
            product *= y;
        }
        for (double value : TABLE) {
            sum = value > sum ? sum + value : sum;
        }
        return bits(sum) ^ bits(product);
    }

    private static long folded() {
        double third = 1.0 / 3;
        float tenth = 0.1f;
        return bits(third * 3) + bits(tenth * 10) + (long) 1e30 + (int) Float.NaN
                + bits(5.5 % -2.25);
    }
}
