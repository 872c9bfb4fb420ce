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

    private JdkInputs() {}

    /** A {@code long}; what is narrower is a part of it. */
    public static long ofLong(int index) {
        return LONGS[index];
    }
}
