package k23.tests.differential.cases;

/** Every operator of {@code long}, and the helpers that the JDK has for it. */
public final class LongCases {
    /** The number of cases. */
    public static final int COUNT = 49;

    private LongCases() {}

    /** Runs case {@code which} on {@code a} and {@code b}. */
    public static long run(int which, long a, long b) {
        long x = a;
        long y = b;
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
            case 19 -> Long.compareUnsigned(x, y);
            case 20 -> Long.divideUnsigned(x, y);
            case 21 -> Long.remainderUnsigned(x, y);
            case 22 -> Long.numberOfLeadingZeros(x);
            case 23 -> Long.numberOfTrailingZeros(x);
            case 24 -> Long.bitCount(x);
            case 25 -> Long.rotateLeft(x, (int) y);
            case 26 -> Long.rotateRight(x, (int) y);
            case 27 -> Long.reverseBytes(x);
            case 28 -> Long.highestOneBit(x);
            case 29 -> Long.lowestOneBit(x);
            case 30 -> Long.reverse(x);
            case 31 -> Long.signum(x);
            case 32 -> Long.compare(x, y);
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
            case 43 -> x << 65;
            case 44 -> Math.multiplyHigh(x, y);
            case 45 -> Math.unsignedMultiplyHigh(x, y);
            case 46 -> x > 0 && y > 0 || x == y ? x - y : y - x;
            case 47 -> Math.floorMod(x, (int) y);
            default -> x++ + ++y - x-- * --y;
        };
    }
}
