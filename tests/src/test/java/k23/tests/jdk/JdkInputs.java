package k23.tests.jdk;

/** The values that methods are called with, by number: the same on the JVM and on the machine. */
public final class JdkInputs {
    /** How many there are of each type. */
    public static final int COUNT = 24;

    private static final long[] LONGS = {
        0, 1, -1, 2, 3, 10, 16, 31, 36, 64, 255, -128, 1000, 32767, -32768, 65536,
        Integer.MAX_VALUE, Integer.MIN_VALUE, 0xffffffffL, Long.MAX_VALUE,
        Long.MIN_VALUE, 0x123456789abcdef0L, -0x5851f42d4c957f2dL, 0x4141_0000_5a5aL,
    };

    private static final double[] DOUBLES = {
        0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3, 1e10, -123456.789, 1e-10, 1e300, -1e300,
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE,
        Double.MAX_VALUE, 0x1p31, -0x1p63, 4503599627370497.5, 0.1,
    };

    private JdkInputs() {}

    /** A {@code double}, or a {@code float} after a cast. */
    public static double ofDouble(int index) {
        return DOUBLES[index];
    }

    /** A {@code long}; what is narrower is a part of it. */
    public static long ofLong(int index) {
        return LONGS[index];
    }
}
