package k23.tests.differential.cases;

/** Every operator of {@code int}, and the helpers that the JDK has for it. */
public final class IntCases {
    /** The number of cases. */
    public static final int COUNT = 48;

    private IntCases() {}

    /** Runs case {@code which} on the low halves of {@code a} and {@code b}. */
    public static long run(int which, long a, long b) {
        int x = (int) a;
        int y = (int) b;
        return switch (which) {
            case 0 -> x + y;
            case 1 -> x - y;
            case 2 -> x * y;
            case 3 -> x / y;
            case 4 -> x % y;
            case 5 -> -x;
            case 6 -> ~x;
            case 7 -> x & y;
            case 8 -> x | y;
            case 9 -> x ^ y;
            case 10 -> x << y;
            case 11 -> x >> y;
            case 12 -> x >>> y;
            case 13 -> x < y ? 1 : 0;
            case 14 -> x <= y ? 1 : 0;
            case 15 -> x > y ? 1 : 0;
            case 16 -> x >= y ? 1 : 0;
            case 17 -> x == y ? 1 : 0;
            case 18 -> x != y ? 1 : 0;
            case 19 -> Integer.compareUnsigned(x, y);
            case 20 -> Integer.divideUnsigned(x, y);
            case 21 -> Integer.remainderUnsigned(x, y);
            case 22 -> Integer.numberOfLeadingZeros(x);
            case 23 -> Integer.numberOfTrailingZeros(x);
            case 24 -> Integer.bitCount(x);
            case 25 -> Integer.rotateLeft(x, y);
            case 26 -> Integer.rotateRight(x, y);
            case 27 -> Integer.reverseBytes(x);
            case 28 -> Integer.highestOneBit(x);
            case 29 -> Integer.lowestOneBit(x);
            case 30 -> Integer.reverse(x);
            case 31 -> Integer.signum(x);
            case 32 -> Integer.compare(x, y);
            case 33 -> Math.min(x, y);
            case 34 -> Math.max(x, y);
            case 35 -> Math.abs(x);
            case 36 -> Math.floorMod(x, y);
            case 37 -> Math.floorDiv(x, y);
            case 38 -> x / 10;
            case 39 -> x % 10;
            case 40 -> x / -1;
            case 41 -> x % 8;
            case 42 -> x / 8;
            case 43 -> x << 33;
            case 44 -> Integer.toUnsignedLong(x);
            case 45 -> x * 0x9E3779B9 >>> 7 ^ y;
            case 46 -> x > 0 && y > 0 || x == y ? x - y : y - x;
            default -> x++ + ++y - x-- * --y;
        };
    }
}
