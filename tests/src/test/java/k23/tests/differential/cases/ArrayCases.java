package k23.tests.differential.cases;

import java.util.Arrays;
import java.util.Objects;

/** Arrays: bounds, build-time contents, of references, copies and fills. */
public final class ArrayCases {
    /** The number of cases. */
    public static final int COUNT = 14;

    private static final int[] PRIMES = {2, 3, 5, 7, 11, 13, 17, 19};
    private static final long[] SQUARES = new long[16];
    private static final byte[] TEXT = {'k', '2', '3', -1, 0};
    private static final int[][] ROWS = {{1, 2, 3}, {}, {4, 5}, null};
    private static final String[] NAMES = {"loader", "kernel", "runtime"};
    private static final int[] SCRATCH = new int[32];

    static {
        for (int i = 0; i < SQUARES.length; i++) {
            SQUARES[i] = (long) i * i;
        }
    }

    private ArrayCases() {}

    /** Runs case {@code which}. */
    public static long run(int which, long a, long b) {
        int i = (int) a;
        int j = (int) b;
        return switch (which) {
            case 0 -> PRIMES[i];
            case 1 -> SQUARES[i & 31];
            case 2 -> TEXT[j];
            case 3 -> PRIMES.length * 100L + TEXT.length;
            case 4 -> ROWS[i & 3][j & 3];
            case 5 -> NAMES[i & 3].length();
            case 6 -> sumOf(PRIMES) + sumOf(ROWS[i & 3]);
            case 7 -> reversed(i);
            case 8 -> copied(i & 7, j & 15, i >>> 29);
            case 9 -> filled(i & 31, j & 31);
            case 10 -> Objects.checkIndex(i, 8);
            case 11 -> written(j);
            case 12 -> NAMES[i & 3].charAt(j & 7);
            default -> NAMES[i % 3].equals(NAMES[j & 1]) ? 1 : 0;
        };
    }

    private static long sumOf(int[] values) {
        long sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }

    private static long reversed(int seed) {
        int[] s = SCRATCH;
        for (int i = 0; i < s.length; i++) {
            s[i] = seed * i;
        }
        for (int i = 0, j = s.length - 1; i < j; i++, j--) {
            int swap = s[i];
            s[i] = s[j];
            s[j] = swap;
        }
        return s[0] * 3L + s[30];
    }

    private static long copied(int from, int to, int count) {
        for (int i = 0; i < SCRATCH.length; i++) {
            SCRATCH[i] = i * i;
        }
        System.arraycopy(SCRATCH, from, SCRATCH, to, count * 4);
        return sumOf(SCRATCH) * 31 + SCRATCH[to];
    }

    private static long filled(int from, int value) {
        Arrays.fill(SCRATCH, value);
        SCRATCH[from] = -1;
        return sumOf(SCRATCH);
    }

    private static long written(int at) {
        SCRATCH[at] = 5;
        SCRATCH[at] += 6;
        return SCRATCH[at]++ + SCRATCH[at];
    }
}
