package k23.tests.jdk;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Programs over the JDK's arrays, checksums and large numbers; two seeds make their input. */
public final class LibraryCases {
    /** The number of cases. */
    public static final int COUNT = 28;

    /** Both seeds go from 0 to one less. */
    public static final int SEEDS = 14;

    private static final int[] SIZES = {0, 1, 2, 3, 5, 17, 43, 44, 70, 129, 300, 700, 2000, 5000};

    private LibraryCases() {}

    /** Runs case {@code which}. */
    public static long run(int which, long a, long b) {
        return switch (which) {
            case 0 -> sortInts(a, b);
            case 1 -> sortLongs(a, b);
            case 2 -> sortShorts(a, b);
            case 3 -> sortChars(a, b);
            case 4 -> sortBytes(a, b);
            case 5 -> Arrays.hashCode(ints(a, b)) + Arrays.hashCode(longs(b, a));
            case 6 -> Arrays.mismatch(ints(a, b), ints(a, b + 1));
            case 7 -> Arrays.compare(bytes(a, b), bytes(b, a));
            case 8 -> Arrays.equals(longs(a, b), longs(a, b)) ? Arrays.hashCode(bytes(a, b)) : -1;
            case 9 -> Arrays.binarySearch(sorted(a, b), (int) a);
            case 10 -> copies(a, b);
            case 11 -> checksum(bytes(a, b));
            case 12 -> digest(number(a, b).add(number(b, a)));
            case 13 -> digest(number(a, b).subtract(number(b, a)));
            case 14 -> digest(number(a, b).multiply(number(b, a)));
            case 15 -> digest(number(a, b).divide(number(b, 5)));
            case 16 -> digest(number(a, b).remainder(number(b, 9)));
            case 17 -> digest(number(a, b).pow(3));
            case 18 -> digest(number(a, b).shiftLeft((int) a & 127).shiftRight((int) b & 63));
            case 19 -> digest(number(a, 6).modPow(number(b, 4), number(a ^ b, 5).abs().setBit(0)));
            case 20 -> digest(number(a, 6).gcd(number(b, 8)));
            case 21 -> digest(number(a, b).and(number(b, a)).or(number(a, a)).xor(number(b, b)));
            case 22 -> number(a, b).compareTo(number(b, a)) + 4L * number(a, b).bitCount()
                    + number(a, b).bitLength() + number(a, b).longValue();
            case 23 -> digest(number(a, 7).modInverse(number(b, 7).abs()));
            case 24 -> digest(number(a, b).abs().sqrt());
            case 25 -> sortDoubles(a, b);
            case 26 -> sortFloats(a, b);
            default -> roundedAlike(JdkInputs.ofDouble((int) a), JdkInputs.ofDouble((int) b));
        };
    }

    private static long next(long state) {
        long x = state ^ state << 13;
        x ^= x >>> 7;
        return x ^ x << 17;
    }

    private static int size(long b) {
        return SIZES[(int) Math.floorMod(b, (long) SIZES.length)];
    }

    /** Random numbers, runs, few different ones, rising and falling ones: as {@code a} says. */
    private static long[] longs(long a, long b) {
        long[] result = new long[size(b)];
        long state = a * 31 + b + 0x9e3779b97f4a7c15L;
        for (int i = 0; i < result.length; i++) {
            state = next(state);
            result[i] = switch ((int) Math.floorMod(a, 6L)) {
                case 0 -> state;
                case 1 -> i;
                case 2 -> -i;
                case 3 -> state & 3;
                case 4 -> Math.abs(result.length / 2 - i);
                default -> i % 50 + (state & 1);
            };
        }
        return result;
    }

    private static int[] ints(long a, long b) {
        long[] from = longs(a, b);
        int[] result = new int[from.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (int) from[i];
        }
        return result;
    }

    private static byte[] bytes(long a, long b) {
        long[] from = longs(a, b);
        byte[] result = new byte[from.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (byte) from[i];
        }
        return result;
    }

    private static int[] sorted(long a, long b) {
        int[] result = ints(a, b);
        Arrays.sort(result);
        return result;
    }

    private static long sortInts(long a, long b) {
        return Arrays.hashCode(sorted(a, b));
    }

    private static long sortLongs(long a, long b) {
        long[] array = longs(a, b);
        Arrays.sort(array, array.length / 3, array.length);
        return Arrays.hashCode(array);
    }

    private static long sortShorts(long a, long b) {
        int[] from = ints(a, b);
        short[] array = new short[from.length];
        for (int i = 0; i < array.length; i++) {
            array[i] = (short) from[i];
        }
        Arrays.sort(array);
        return Arrays.hashCode(array);
    }

    private static long sortChars(long a, long b) {
        int[] from = ints(a, b);
        char[] array = new char[from.length];
        for (int i = 0; i < array.length; i++) {
            array[i] = (char) from[i];
        }
        Arrays.sort(array);
        return Arrays.hashCode(array);
    }

    private static long sortBytes(long a, long b) {
        byte[] array = bytes(a, b);
        Arrays.sort(array);
        return Arrays.hashCode(array);
    }

    private static long sortDoubles(long a, long b) {
        long[] from = longs(a, b);
        double[] array = new double[from.length];
        for (int i = 0; i < array.length; i++) {
            array[i] = i % 7 == 0 ? Double.longBitsToDouble(from[i]) : from[i] / 3.0;
        }
        Arrays.sort(array);
        return Arrays.hashCode(array);
    }

    private static long sortFloats(long a, long b) {
        int[] from = ints(a, b);
        float[] array = new float[from.length];
        for (int i = 0; i < array.length; i++) {
            array[i] = i % 5 == 0 ? -0.0f : from[i] * 0.1f;
        }
        Arrays.sort(array);
        return Arrays.hashCode(array);
    }

    /** On the machine {@code Math} is {@code StrictMath}; the JVM's may differ in the last bit. */
    private static long roundedAlike(double x, double y) {
        double sum = Math.sin(x) - StrictMath.sin(x) + Math.exp(y) - StrictMath.exp(y)
                + Math.atan2(x, y) - StrictMath.atan2(x, y);
        return Math.abs(sum) < 1e-6 ? 1 : Double.doubleToLongBits(StrictMath.pow(x, y));
    }

    private static long copies(long a, long b) {
        int[] array = ints(a, b);
        int[] copy = array.clone();
        Arrays.fill(copy, copy.length / 2, copy.length, (int) a);
        int[] longer = Arrays.copyOf(copy, copy.length + 3);
        byte[] range = Arrays.copyOfRange(bytes(a, b), 1, (int) b & 15);
        return Arrays.hashCode(longer) * 31L + Arrays.hashCode(range) + array.length;
    }

    private static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, bytes.length / 4, bytes.length - bytes.length / 4);
        crc.update(bytes.length);
        return crc.getValue();
    }

    /** Below the size from which the JDK multiplies in tasks of a thread pool. */
    private static BigInteger number(long a, long b) {
        byte[] bytes = bytes(next(a + 77), b);
        return new BigInteger((a & 1) == 0 ? 1 : -1, bytes, 0, Math.min(bytes.length, 300));
    }

    private static long digest(BigInteger number) {
        return Arrays.hashCode(number.toByteArray()) * 31L + number.signum();
    }
}
