package k23.tests.differential.cases;

/** Narrowing, widening, compound assignment and what small types do in registers and memory. */
public final class ConversionCases {
    /** The number of cases. */
    public static final int COUNT = 28;

    private static final byte[] BYTES = new byte[8];
    private static final short[] SHORTS = new short[8];
    private static final char[] CHARS = new char[8];
    private static final int[] INTS = new int[8];
    private static final long[] LONGS = new long[8];
    private static final boolean[] FLAGS = new boolean[8];

    private static byte byteField;
    private static short shortField;
    private static char charField;
    private static boolean flagField;

    private ConversionCases() {}

    /** Runs case {@code which}. */
    public static long run(int which, long a, long b) {
        return which < 14 ? first(which, a, b) : second(which, a, b);
    }

    private static long first(int which, long a, long b) {
        return switch (which) {
            case 0 -> (byte) a;
            case 1 -> (short) a;
            case 2 -> (char) a;
            case 3 -> (int) a;
            case 4 -> (byte) (int) a + (byte) (int) b;
            case 5 -> (short) ((short) a * (short) b);
            case 6 -> (char) ((char) a + (char) b);
            case 7 -> (byte) a >>> 3;
            case 8 -> (char) a >> 3;
            case 9 -> (int) a * (long) (int) b;
            case 10 -> (int) a + b;
            case 11 -> (byte) a & 0xff;
            case 12 -> (byte) ((byte) a << (int) b);
            default -> (int) (a >>> 32) ^ (int) b;
        };
    }

    private static long second(int which, long a, long b) {
        int slot = (int) b & 7;
        switch (which) {
            case 14 -> BYTES[slot] = (byte) a;
            case 15 -> SHORTS[slot] = (short) a;
            case 16 -> CHARS[slot] = (char) a;
            case 17 -> INTS[slot] = (int) a;
            case 18 -> LONGS[slot] = a;
            case 19 -> FLAGS[slot] = a > b;
            case 20 -> byteField = (byte) a;
            case 21 -> shortField = (short) a;
            case 22 -> charField = (char) a;
            case 23 -> flagField = a == b;
            case 24 -> BYTES[slot] += (byte) a;
            case 25 -> CHARS[slot]++;
            case 26 -> SHORTS[slot] <<= 3;
            default -> INTS[slot] ^= (int) LONGS[slot];
        }
        return BYTES[slot] + SHORTS[slot] * 3L + CHARS[slot] * 5L + INTS[slot] * 7L
                + LONGS[slot] * 11 + (FLAGS[slot] ? 13 : 0) + byteField * 17 + shortField * 19
                + charField * 23 + (flagField ? 29 : 0);
    }
}
