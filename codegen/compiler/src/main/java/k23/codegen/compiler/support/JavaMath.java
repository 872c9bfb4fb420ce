package k23.codegen.compiler.support;

/** Methods of {@link Math}. */
public final class JavaMath {
    private JavaMath() {}

    /** {@link Math#floorMod(int, int)}. */
    public static int floorMod(int x, int y) {
        int mod = x % y;
        return (mod ^ y) < 0 && mod != 0 ? mod + y : mod;
    }

    /** {@link Math#floorMod(long, long)}. */
    public static long floorMod(long x, long y) {
        long mod = x % y;
        return (mod ^ y) < 0 && mod != 0 ? mod + y : mod;
    }

    /** {@link Math#floorMod(long, int)}. */
    public static int floorMod(long x, int y) {
        return (int) floorMod(x, (long) y);
    }

    /** {@link Math#floorDiv(int, int)}. */
    public static int floorDiv(int x, int y) {
        int quotient = x / y;
        return (x ^ y) < 0 && quotient * y != x ? quotient - 1 : quotient;
    }

    /** {@link Math#floorDiv(long, long)}. */
    public static long floorDiv(long x, long y) {
        long quotient = x / y;
        return (x ^ y) < 0 && quotient * y != x ? quotient - 1 : quotient;
    }

    /** {@link Math#ceilDiv(int, int)}. */
    public static int ceilDiv(int x, int y) {
        int quotient = x / y;
        return (x ^ y) >= 0 && quotient * y != x ? quotient + 1 : quotient;
    }

    /** {@link Math#ceilDiv(long, long)}. */
    public static long ceilDiv(long x, long y) {
        long quotient = x / y;
        return (x ^ y) >= 0 && quotient * y != x ? quotient + 1 : quotient;
    }

    /** {@link Math#addExact(int, int)}. */
    public static int addExact(int x, int y) {
        int sum = x + y;
        if (((x ^ sum) & (y ^ sum)) < 0) {
            throw new ArithmeticException("integer overflow");
        }
        return sum;
    }

    /** {@link Math#addExact(long, long)}. */
    public static long addExact(long x, long y) {
        long sum = x + y;
        if (((x ^ sum) & (y ^ sum)) < 0) {
            throw new ArithmeticException("long overflow");
        }
        return sum;
    }

    /** {@link Math#subtractExact(int, int)}. */
    public static int subtractExact(int x, int y) {
        int difference = x - y;
        if (((x ^ y) & (x ^ difference)) < 0) {
            throw new ArithmeticException("integer overflow");
        }
        return difference;
    }

    /** {@link Math#subtractExact(long, long)}. */
    public static long subtractExact(long x, long y) {
        long difference = x - y;
        if (((x ^ y) & (x ^ difference)) < 0) {
            throw new ArithmeticException("long overflow");
        }
        return difference;
    }

    /** {@link Math#multiplyExact(int, int)}. */
    public static int multiplyExact(int x, int y) {
        long product = (long) x * y;
        if ((int) product != product) {
            throw new ArithmeticException("integer overflow");
        }
        return (int) product;
    }

    /** {@link Math#multiplyExact(long, long)}. */
    public static long multiplyExact(long x, long y) {
        long product = x * y;
        if (Math.multiplyHigh(x, y) != product >> 63) {
            throw new ArithmeticException("long overflow");
        }
        return product;
    }

    /** {@link Math#toIntExact}. */
    public static int toIntExact(long x) {
        if ((int) x != x) {
            throw new ArithmeticException("integer overflow");
        }
        return (int) x;
    }

    /** {@link Math#clamp(long, int, int)}. */
    public static int clamp(long value, int min, int max) {
        if (min > max) {
            throw new IllegalArgumentException("min > max");
        }
        return (int) Math.min(max, Math.max(value, min));
    }
}
