package k23.tests.differential.cases;

/**
 * Loops at the edges of what the compiler may conclude of them: counters that wrap around, bounds
 * that are met or jumped over, arrays that are null or too short, traps in the middle.
 */
public final class LoopCases {
    /** The number of cases. */
    public static final int COUNT = 32;

    private static final int LENGTH = 24;
    private static final int[] NUMBERS = new int[LENGTH];
    private static final byte[] BYTES = new byte[LENGTH];
    private static final long[] LONGS = new long[LENGTH];
    private static final char[] CHARS = new char[LENGTH];
    private static final int[][] TABLE = {{1, 2, 3, 4}, {5, 6}, null, {7, 8, 9, 10, 11, 12}};
    private static final int[] NO_NUMBERS = {};

    private static int written;

    private LoopCases() {}

    /** Runs case {@code which}. */
    public static long run(int which, long a, long b) {
        for (int i = 0; i < LENGTH; i++) {
            NUMBERS[i] = i * 7 - 30;
            BYTES[i] = (byte) (i * 29);
            LONGS[i] = i * 0x123456789abcL;
            CHARS[i] = (char) (i * 5000);
        }
        written = 0;
        int i = (int) a;
        int j = (int) b;
        return which < 16 ? counted(which, i, j, a, b) : checked(which, i, j);
    }

    private static long counted(int which, int i, int j, long a, long b) {
        return switch (which) {
            case 0 -> up(i, j);
            case 1 -> down(i, j);
            case 2 -> upInclusive(i & 31, j);
            case 3 -> downInclusive(i, j & 31);
            case 4 -> steps(i & 15, j);
            case 5 -> wide(a & 15, b);
            case 6 -> wrapping(i);
            case 7 -> wrappingDown(i);
            case 8 -> product(i & 7, j & 7);
            case 9 -> skewed(i & 15, j & 3);
            case 10 -> bytes(i, j);
            case 11 -> characters(i & 31, j);
            case 12 -> twoPointers(i & 31, j & 31);
            case 13 -> fallsThrough(i, j);
            case 14 -> shifted(i & 31, j & 7);
            default -> liveAfter(i & 31, j & 31);
        };
    }

    private static long checked(int which, int i, int j) {
        int[] array = (j & 3) == 0 ? null : (j & 3) == 1 ? NO_NUMBERS : NUMBERS;
        return switch (which) {
            case 16 -> twice(array, i & 63);
            case 17 -> copies(array, NUMBERS, i & 63);
            case 18 -> copies(NUMBERS, array, i & 63);
            case 19 -> rows(i & 7, j & 7);
            case 20 -> siftDown(array, i & 31, j >> 3 & 63);
            case 21 -> writesBeforeTrap(array, i & 31);
            case 22 -> stopsEarly(array, i);
            case 23 -> last(array);
            case 24 -> lookBack(i & 31, j & 15);
            case 25 -> conditional(array, i & 31, j);
            case 26 -> sieve(i & 127);
            case 27 -> nested(array, i & 7, j & 7);
            case 28 -> moving(i & 31, j & 31);
            case 29 -> divides(array, i & 31, j);
            case 30 -> interpreted(i, j & 63);
            default -> unpacked(i & 31, j & 31);
        };
    }

    private static long up(int from, int to) {
        long sum = 0;
        int rounds = 0;
        for (int i = from; i < to; i++) {
            sum += NUMBERS[i & 15] + i;
            if (++rounds == 40) {
                break;
            }
        }
        return sum * 100 + rounds;
    }

    private static long down(int from, int to) {
        long sum = 0;
        int rounds = 0;
        for (int i = from; i > to && rounds < 40; i--) {
            sum += LONGS[i & 15] ^ i;
            rounds++;
        }
        return sum * 100 + rounds;
    }

    private static long upInclusive(int from, int to) {
        long sum = 0;
        for (int i = from; i <= to; i++) {
            sum += NUMBERS[i];
        }
        return sum;
    }

    private static long downInclusive(int from, int to) {
        long sum = 0;
        for (int i = to; i >= from; i--) {
            sum = sum * 31 + LONGS[i];
        }
        return sum;
    }

    private static long steps(int step, int to) {
        long sum = 0;
        int rounds = 0;
        for (int i = 0; i < to && rounds++ < 50; i += step) {
            sum += NUMBERS[i];
        }
        return sum;
    }

    private static long wide(long from, long to) {
        long sum = 0;
        for (long i = from; i < to; i++) {
            sum += LONGS[(int) i];
        }
        return sum;
    }

    private static long wrapping(int from) {
        long sum = 0;
        int i = from;
        for (int round = 0; round < 20; round++) {
            sum += (long) i * 8;
            i++;
        }
        return sum + NUMBERS[i];
    }

    private static long wrappingDown(int from) {
        long sum = 0;
        int i = from;
        do {
            sum += i;
            i -= 3;
        } while (i < from && i > from - 60);
        return sum;
    }

    private static long product(int rows, int columns) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                long sum = 0;
                for (int k = 0; k < 3; k++) {
                    sum += LONGS[i * 3 + k] * LONGS[k * 8 + j];
                }
                LONGS[i * columns + j] = sum;
            }
        }
        return hash();
    }

    private static long hash() {
        long hash = 0;
        for (int i = 0; i < LONGS.length; i++) {
            hash = hash * 31 + LONGS[i] + NUMBERS[i] + BYTES[i];
        }
        return hash;
    }

    private static long skewed(int from, int distance) {
        for (int i = from; i < 20; i++) {
            NUMBERS[i] = NUMBERS[i - distance] + NUMBERS[i + 1] + NUMBERS[i + 2];
        }
        return hash();
    }

    private static long bytes(int from, int to) {
        int crc = -1;
        for (int i = Math.max(from, 0); i < Math.min(to, 24); i++) {
            crc = NUMBERS[(crc ^ BYTES[i]) & 15] ^ crc >>> 3;
        }
        return crc;
    }

    private static long characters(int from, int count) {
        long sum = 0;
        for (int left = count; left > 0; left--) {
            sum += CHARS[from++];
        }
        return sum;
    }

    private static long twoPointers(int from, int to) {
        int i = from;
        int j = to;
        while (i < j) {
            int swap = NUMBERS[i];
            NUMBERS[i++] = NUMBERS[--j];
            NUMBERS[j] = swap;
        }
        return hash() + i * 100L + j;
    }

    private static long fallsThrough(int from, int seed) {
        long x = seed;
        for (int i = from; i != from + 9; i++) {
            switch (i & 7) {
                case 0 -> x += i;
                case 1 -> x ^= 5;
                case 2 -> x *= 3;
                case 4 -> x -= LONGS[i & 15];
                case 5 -> x >>>= 1;
                default -> x = -x;
            }
        }
        return x;
    }

    private static long shifted(int count, int by) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += NUMBERS[i << by >> 1] * (i * 5 + 2L);
        }
        return sum;
    }

    private static long liveAfter(int from, int to) {
        int i = from;
        for (; i < to; i++) {
            if (NUMBERS[i] > 50) {
                break;
            }
        }
        return i;
    }

    // The array is null, too short, or long enough

    private static long twice(int[] array, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += array[i];
            sum += array[i + 1];
        }
        return sum;
    }

    private static long copies(int[] from, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = from[i] + 1;
        }
        return hash();
    }

    private static long rows(int rows, int columns) {
        long sum = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                sum = sum * 7 + TABLE[i][j];
            }
        }
        return sum;
    }

    private static long siftDown(int[] items, int root, int end) {
        int item = items[root];
        int hole = root;
        for (int child = 2 * hole + 1; child < end; child = 2 * hole + 1) {
            if (child + 1 < end && items[child + 1] > items[child]) {
                child++;
            }
            if (items[child] <= item) {
                break;
            }
            items[hole] = items[child];
            hole = child;
        }
        items[hole] = item;
        return hash();
    }

    private static long writesBeforeTrap(int[] array, int count) {
        for (int i = 0; i < count; i++) {
            written = i;
            if (array[i] == 40) {
                return -written;
            }
        }
        return written;
    }

    private static long stopsEarly(int[] array, int limit) {
        int i = 0;
        while (i < limit && array[i] < 40) {
            i++;
        }
        return i;
    }

    private static long last(int[] array) {
        long result = 1;
        for (int i = array.length - 1; i >= 0; i--) {
            result = result * 3 + array[i];
        }
        return result;
    }

    private static long lookBack(int from, int distance) {
        long sum = 0;
        for (int i = from; i < NUMBERS.length; i++) {
            sum += NUMBERS[i - distance];
        }
        return sum;
    }

    private static long conditional(int[] array, int count, int every) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            if ((i & every) == 0) {
                sum += array[i] + BYTES[i];
            }
        }
        return sum;
    }

    private static long sieve(int limit) {
        boolean[] composite = new boolean[limit];
        int count = 0;
        for (int i = 2; i < composite.length; i++) {
            if (!composite[i]) {
                count++;
                for (int j = i + i; j < composite.length; j += i) {
                    composite[j] = true;
                }
            }
        }
        return count;
    }

    private static long nested(int[] array, int rows, int columns) {
        long sum = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = columns; j > 0; j--) {
                sum += array[i * columns + j - 1];
            }
            sum *= 3;
        }
        return sum;
    }

    private static long moving(int from, int to) {
        for (int i = 0; i < 8; i++) {
            BYTES[to + i] = BYTES[from + i];
        }
        return hash();
    }

    private static long divides(int[] array, int count, int by) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += array[i] / (by - i);
        }
        return sum;
    }

    private static long interpreted(int seed, int steps) {
        int pc = 0;
        long x = seed;
        for (int step = 0; step < steps; step++) {
            switch (NUMBERS[pc] & 7) {
                case 0 -> x += step;
                case 1 -> x ^= 0x5555;
                case 2 -> x <<= 1;
                case 3 -> pc = pc + 3 & 7;
                case 4 -> x ^= x >>> 7;
                case 5 -> x -= pc;
                default -> x *= 5;
            }
            pc = pc + 1 & 15;
        }
        return x;
    }

    private static long unpacked(int literals, int distance) {
        int from = 0;
        int to = literals;
        for (int match = literals; match > 0; match--) {
            BYTES[to] = BYTES[to - distance];
            to++;
            from++;
        }
        return hash() + from * 1000L + to;
    }
}
