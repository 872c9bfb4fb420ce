package k23.tests.differential.cases;

import java.util.Arrays;

/** How {@code float} and {@code double} travel: records, arrays, fields, arguments, the stack. */
public final class FloatValueCases {
    /** The number of cases. */
    public static final int COUNT = 30;

    private record Point(double x, double y) {
        Point turned() {
            return new Point(-y, x);
        }

        double square() {
            return x * x + y * y;
        }
    }

    private record Mixed(byte kind, double weight, float share, short count, boolean valid) {
        Mixed {
            share = share == 0 ? 1 : share;
        }

        double value() {
            return valid ? weight * share + count : kind;
        }
    }

    private record Segment(Point from, Point to, long id) {
        Segment reversed() {
            return new Segment(to, from, ~id);
        }

        double slope() {
            return (to.y - from.y) / (to.x - from.x) + id;
        }
    }

    private sealed interface Shape permits Disc, Frame {
        double area(double scale, float border);
    }

    private static final class Disc implements Shape {
        private final boolean filled;
        private double radius;

        Disc(boolean filled, double radius) {
            this.filled = filled;
            this.radius = radius;
        }

        @Override
        public double area(double scale, float border) {
            radius += 0.25;
            return filled ? Math.PI * radius * radius * scale : border;
        }
    }

    private static final class Frame implements Shape {
        private final float width;
        private final Point corner;

        Frame(float width, Point corner) {
            this.width = width;
            this.corner = corner;
        }

        @Override
        public double area(double scale, float border) {
            return width * corner.y() * scale - border;
        }
    }

    private static final double[] DOUBLES = new double[8];
    private static final float[] FLOATS = {0.5f, -0.0f, 1e30f, 3, Float.NaN, 7, 8, 9};
    private static final Point[] POINTS = new Point[8];
    private static final Mixed[] MIXED = new Mixed[4];
    private static final double[][] GRID = {{1, 2.5}, {-3, 1e-9, 4}, {}};
    private static final Point ORIGIN = new Point(0.1, -0.2);
    private static Point current = new Point(1, 2);
    private static double total = 0.125;
    private static float single = 2.5f;

    static {
        for (int i = 0; i < POINTS.length; i++) {
            POINTS[i] = new Point(i / 3.0, -i);
            MIXED[i & 3] = new Mixed((byte) i, i * 1.5, i, (short) -i, (i & 1) == 0);
        }
    }

    private FloatValueCases() {}

    private static long bits(double x) {
        return Double.doubleToLongBits(x);
    }

    /** Runs case {@code which}. */
    public static long run(int which, long a, long b) {
        double x = a / 1000.0;
        double y = b * 0.001;
        float s = (int) a * 0.5f;
        float t = b;
        int slot = (int) b & 7;
        return which < 15 ? first(which, x, y, s, t, slot) : second(which, x, y, s, t, slot);
    }

    private static long first(int which, double x, double y, float s, float t, int slot) {
        return switch (which) {
            case 0 -> bits(new Point(x, y).turned().turned().square());
            case 1 -> bits(mixed(x, s, slot).value());
            case 2 -> bits(new Segment(new Point(x, y), ORIGIN, slot).reversed().slope());
            case 3 -> new Point(x, t).equals(new Point(s, y)) ? 1 : new Point(x, y).hashCode();
            case 4 -> mixed(x, s, 3).equals(mixed(y, t, 3)) ? 1 : mixed(x, s, slot).hashCode();
            case 5 -> bits(swapPoints(slot, x, y));
            case 6 -> bits(arrays(slot, x, s));
            case 7 -> bits(replaceCurrent(x, y));
            case 8 -> bits(statics(x, s));
            case 9 -> bits(shape(slot, x, s).area(y, t));
            case 10 -> bits(areas(x, s));
            case 11 -> bits(tenFloats(s, t, s, 1, t, 2, s, 3, t, s * t));
            case 12 -> bits(twelve(1, x, 2, y, 3, s, 4, t, 5, x, 6, y, 7, s, 8, t, 9, x, 10, y,
                    11, s, 12, t));
            case 13 -> bits(split(x, slot).y() + split(y, slot).x());
            default -> bits(wide(x, s, slot).weight() + wide(y, t, slot).share());
        };
    }

    private static long second(int which, double x, double y, float s, float t, int slot) {
        return switch (which) {
            case 15 -> bits(chained(slot, x, s));
            case 16 -> bits(postfix(x, s));
            case 17 -> bits(power(x / 1e6, slot));
            case 18 -> bits((slot & 1) == 0 ? x : (slot & 2) == 0 ? t : slot);
            case 19 -> bits(picked(slot, x, y) - (x > y ? picked(1, s, t) : picked(2, s, x)));
            case 20 -> bits(withFinally(x, slot));
            case 21 -> bits(GRID[slot & 3][slot >> 1 & 1] * x);
            case 22 -> bits(newGrid(slot, x)[1][slot & 1]);
            case 23 -> bits(FLOATS[slot] + POINTS[slot + 1].x());
            case 24 -> bits(newton(Math.abs(x)));
            case 25 -> (long) (float) x + (int) (double) s + bits((float) slot);
            case 26 -> bits(pattern(shape(slot, x, s)));
            case 27 -> bits(harmonic(slot, s));
            case 28 -> bits(manyLive(x, y, s, t));
            default -> bits(lowest(x, y, s, t).square() + lowest(t, s, y, x).x());
        };
    }

    private static Mixed mixed(double x, float s, int slot) {
        return new Mixed((byte) slot, x, s, (short) (slot * 1000), slot != 5);
    }

    private static double swapPoints(int slot, double x, double y) {
        POINTS[slot] = new Point(x, y);
        POINTS[7 - slot] = POINTS[slot].turned();
        Mixed read = MIXED[slot & 3];
        MIXED[slot & 3] = mixed(read.weight() % 10 + x, read.share(), slot);
        double result = POINTS[0].x() + POINTS[7].y() + MIXED[0].value() + MIXED[1].value();
        MIXED[slot & 3] = read;
        POINTS[slot] = ORIGIN;
        POINTS[7 - slot] = ORIGIN;
        return result;
    }

    private static double arrays(int slot, double x, float s) {
        float[] made = {s, s + 1, (float) x};
        float[] copy = Arrays.copyOf(made, 3);
        copy[1] *= 2;
        copy[2] -= slot;
        made[0]++;
        DOUBLES[slot] = x;
        DOUBLES[slot] += made[0];
        double sum = Arrays.hashCode(DOUBLES.clone()) + Arrays.hashCode(FLOATS.clone());
        for (double value : DOUBLES) {
            sum += value;
        }
        DOUBLES[slot] = 0;
        return sum + made[0] + copy[0] + copy[1] / copy[2] + made.length;
    }

    private static double replaceCurrent(double x, double y) {
        Point before = current;
        current = new Point(x, y);
        double result = before.x() * 7 + current.square();
        current = before;
        return result;
    }

    private static double statics(double x, float s) {
        double before = total;
        total += x;
        single -= s;
        double result = total * 3 + single;
        total = before;
        single = 2.5f;
        return result;
    }

    private static Shape shape(int slot, double x, float s) {
        return (slot & 1) == 0 ? new Disc((slot & 2) == 0, x) : new Frame(s, new Point(s, x));
    }

    private static double areas(double x, float s) {
        Shape[] shapes = {shape(0, x, s), shape(1, s, s), shape(2, x, 1), shape(0, 1, s)};
        double sum = 0;
        for (int turn = 0; turn < 3; turn++) {
            for (Shape shape : shapes) {
                sum += shape.area(turn + 0.5, s);
            }
        }
        return sum;
    }

    private static double tenFloats(float a, float b, float c, float d, float e, float f, float g,
            float h, float i, float j) {
        return a + b * 2 + c * 3 + d * 5 + e * 7 + f * 11 + g * 13 + h * 17 + i * 19 + j * 23;
    }

    private static double twelve(int a, double b, long c, double d, int e, float f, int g, float h,
            long i, double j, int k, double l, int m, float n, int o, float p, long q, double r,
            int s, double t, int u, float v, int w, float x) {
        return a + b * 2 + c * 3 + d * 5 + e * 7 + f * 11 + g * 13 + h * 17 + i * 19 + j * 23
                + k * 29 + l * 31 + m * 37 + n * 41 + o * 43 + p * 47 + q * 53 + r * 59 + s * 61
                + t * 67 + u * 71 + v * 73 + w * 79 + x * 83;
    }

    private static Point split(double x, int depth) {
        return depth == 0 ? new Point(x, 1) : split(x / 2, depth - 1).turned();
    }

    private static Mixed wide(double x, float s, int depth) {
        if (depth <= 0) {
            return mixed(x, s, 2);
        }
        Mixed inner = wide(x + depth, s, depth - 1);
        return new Mixed(inner.kind(), inner.weight() * 1.5, inner.share() - 1, inner.count(),
                !inner.valid());
    }

    private static double chained(int slot, double x, float s) {
        double[] array = new double[9];
        float[] floats = new float[9];
        double result = array[slot] = array[slot + 1] = x;
        float other = floats[slot] = floats[slot + 1] = s;
        array[slot] += result;
        return array[slot]++ + --array[slot + 1] + array[slot] + floats[slot]++ + other
                + floats[slot];
    }

    private static double postfix(double x, float s) {
        double d = x;
        float f = s;
        double first = d++ - --d;
        double second = f-- * ++f;
        d *= d;
        f /= 3;
        int i = 5;
        i = (int) (i + d);
        long l = 7;
        l = (long) (l * f);
        return first + second + d + f + i + l;
    }

    private static double power(double x, int n) {
        return n == 0 ? 1 : (n & 1) == 0 ? power(x * x, n / 2) : x * power(x, n - 1);
    }

    private static double picked(int which, double x, double y) {
        return switch (which) {
            case 0 -> x;
            case 1 -> y;
            case 2 -> {
                double sum = 0;
                for (float f = 0; f < 3; f += 0.5f) {
                    sum += f * x;
                }
                yield sum;
            }
            case 3 -> 1e-5;
            default -> x > y ? which : -0.0;
        };
    }

    private static double withFinally(double x, int slot) {
        double sum = x;
        try {
            sum += 10 / (slot - 9);
            if (slot > 3) {
                return sum * 2;
            }
        } finally {
            total = 0.125;
        }
        return sum - 1;
    }

    private static double[][] newGrid(int slot, double x) {
        double[][] grid = new double[3][2];
        grid[1][slot & 1] = x;
        grid[slot % 3][0] += 0.5;
        return grid;
    }

    private static double newton(double x) {
        double root = x > 1 ? x : 1;
        for (int i = 0; i < 40; i++) {
            double next = (root + x / root) / 2;
            if (Math.abs(next - root) <= 1e-12 * root) {
                break;
            }
            root = next;
        }
        return root;
    }

    private static double pattern(Shape shape) {
        return switch (shape) {
            case Disc disc when disc.filled -> disc.radius;
            case Disc disc -> disc.area(1, 0.5f);
            case Frame frame -> frame.width + frame.corner.x();
        };
    }

    private static double harmonic(int n, float s) {
        float sum = 0;
        double exact = 0;
        for (int i = 1; i <= n * 5; i++) {
            sum += s / i;
            exact += (double) s / i;
        }
        return sum - exact;
    }

    /** More numbers than there are registers, live across a call. */
    private static double manyLive(double x, double y, float s, float t) {
        double a = x + 1, b = y + 2, c = s + 3, d = t + 4, e = x * 5, f = y * 6, g = s * 7;
        double h = t * 8, i = x / 9, j = y / 10, k = s / 11, l = t / 12, m = x - 13, n = y - 14;
        double o = s - 15, p = t - 16, q = x * y, r = s * t, u = x * s, v = y * t;
        double w = power(x / 1e6, 5) + tenFloats(s, t, s, t, s, t, s, t, s, t);
        return a + b * c - d + e * f - g + h * i - j + k * l - m + n * o - p + q * r - u + v * w
                + (a - b) * (c - d) * (e - f) + (g - h) * (i - j) + (k - l) * (m - n);
    }

    private static Point lowest(double... numbers) {
        Point lowest = new Point(Double.MAX_VALUE, -1);
        for (int i = 0; i < numbers.length; i++) {
            lowest = numbers[i] < lowest.x() ? new Point(numbers[i], i) : lowest;
        }
        return lowest;
    }
}
