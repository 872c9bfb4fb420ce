package k23.codegen.compiler.support;

/** Methods of {@link java.util.Arrays} on primitives. */
public final class JavaArrays {
    private JavaArrays() {}

    private static void checkRange(int length, int from, int to) {
        if (from > to) {
            throw new IllegalArgumentException("from > to");
        }
        if (from < 0 || to > length) {
            throw new ArrayIndexOutOfBoundsException("range outside of the array");
        }
    }

    /** {@link java.util.Arrays#fill(boolean[], boolean)}. */
    public static void fill(boolean[] array, boolean value) {
        for (int i = 0; i < array.length; i++) {
            array[i] = value;
        }
    }

    /** {@link java.util.Arrays#fill(boolean[], int, int, boolean)}. */
    public static void fill(boolean[] array, int from, int to, boolean value) {
        checkRange(array.length, from, to);
        for (int i = from; i < to; i++) {
            array[i] = value;
        }
    }

    /** {@link java.util.Arrays#fill(byte[], byte)}. */
    public static void fill(byte[] array, byte value) {
        for (int i = 0; i < array.length; i++) {
            array[i] = value;
        }
    }

    /** {@link java.util.Arrays#fill(byte[], int, int, byte)}. */
    public static void fill(byte[] array, int from, int to, byte value) {
        checkRange(array.length, from, to);
        for (int i = from; i < to; i++) {
            array[i] = value;
        }
    }

    /** {@link java.util.Arrays#fill(short[], short)}. */
    public static void fill(short[] array, short value) {
        for (int i = 0; i < array.length; i++) {
            array[i] = value;
        }
    }

    /** {@link java.util.Arrays#fill(short[], int, int, short)}. */
    public static void fill(short[] array, int from, int to, short value) {
        checkRange(array.length, from, to);
        for (int i = from; i < to; i++) {
            array[i] = value;
        }
    }

    /** {@link java.util.Arrays#fill(char[], char)}. */
    public static void fill(char[] array, char value) {
        for (int i = 0; i < array.length; i++) {
            array[i] = value;
        }
    }

    /** {@link java.util.Arrays#fill(char[], int, int, char)}. */
    public static void fill(char[] array, int from, int to, char value) {
        checkRange(array.length, from, to);
        for (int i = from; i < to; i++) {
            array[i] = value;
        }
    }

    /** {@link java.util.Arrays#fill(int[], int)}. */
    public static void fill(int[] array, int value) {
        for (int i = 0; i < array.length; i++) {
            array[i] = value;
        }
    }

    /** {@link java.util.Arrays#fill(int[], int, int, int)}. */
    public static void fill(int[] array, int from, int to, int value) {
        checkRange(array.length, from, to);
        for (int i = from; i < to; i++) {
            array[i] = value;
        }
    }

    /** {@link java.util.Arrays#fill(long[], long)}. */
    public static void fill(long[] array, long value) {
        for (int i = 0; i < array.length; i++) {
            array[i] = value;
        }
    }

    /** {@link java.util.Arrays#fill(long[], int, int, long)}. */
    public static void fill(long[] array, int from, int to, long value) {
        checkRange(array.length, from, to);
        for (int i = from; i < to; i++) {
            array[i] = value;
        }
    }

    /** {@link java.util.Arrays#equals(boolean[], boolean[])}. */
    public static boolean equals(boolean[] x, boolean[] y) {
        if (x == y) {
            return true;
        }
        if (x == null || y == null || x.length != y.length) {
            return false;
        }
        for (int i = 0; i < x.length; i++) {
            if (x[i] != y[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@link java.util.Arrays#equals(byte[], byte[])}. */
    public static boolean equals(byte[] x, byte[] y) {
        if (x == y) {
            return true;
        }
        if (x == null || y == null || x.length != y.length) {
            return false;
        }
        for (int i = 0; i < x.length; i++) {
            if (x[i] != y[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@link java.util.Arrays#equals(short[], short[])}. */
    public static boolean equals(short[] x, short[] y) {
        if (x == y) {
            return true;
        }
        if (x == null || y == null || x.length != y.length) {
            return false;
        }
        for (int i = 0; i < x.length; i++) {
            if (x[i] != y[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@link java.util.Arrays#equals(char[], char[])}. */
    public static boolean equals(char[] x, char[] y) {
        if (x == y) {
            return true;
        }
        if (x == null || y == null || x.length != y.length) {
            return false;
        }
        for (int i = 0; i < x.length; i++) {
            if (x[i] != y[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@link java.util.Arrays#equals(int[], int[])}. */
    public static boolean equals(int[] x, int[] y) {
        if (x == y) {
            return true;
        }
        if (x == null || y == null || x.length != y.length) {
            return false;
        }
        for (int i = 0; i < x.length; i++) {
            if (x[i] != y[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@link java.util.Arrays#equals(long[], long[])}. */
    public static boolean equals(long[] x, long[] y) {
        if (x == y) {
            return true;
        }
        if (x == null || y == null || x.length != y.length) {
            return false;
        }
        for (int i = 0; i < x.length; i++) {
            if (x[i] != y[i]) {
                return false;
            }
        }
        return true;
    }

    /** {@link java.util.Arrays#copyOf(boolean[], int)}. */
    public static boolean[] copyOf(boolean[] array, int length) {
        boolean[] copy = new boolean[length];
        System.arraycopy(array, 0, copy, 0, Math.min(array.length, length));
        return copy;
    }

    /** {@link java.util.Arrays#copyOfRange(boolean[], int, int)}. */
    public static boolean[] copyOfRange(boolean[] array, int from, int to) {
        if (from > to) {
            throw new IllegalArgumentException("from > to");
        }
        if (from < 0 || from > array.length) {
            throw new ArrayIndexOutOfBoundsException("range outside of the array");
        }
        boolean[] copy = new boolean[to - from];
        System.arraycopy(array, from, copy, 0, Math.min(array.length - from, to - from));
        return copy;
    }

    /** {@link java.util.Arrays#copyOf(byte[], int)}. */
    public static byte[] copyOf(byte[] array, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(array, 0, copy, 0, Math.min(array.length, length));
        return copy;
    }

    /** {@link java.util.Arrays#copyOfRange(byte[], int, int)}. */
    public static byte[] copyOfRange(byte[] array, int from, int to) {
        if (from > to) {
            throw new IllegalArgumentException("from > to");
        }
        if (from < 0 || from > array.length) {
            throw new ArrayIndexOutOfBoundsException("range outside of the array");
        }
        byte[] copy = new byte[to - from];
        System.arraycopy(array, from, copy, 0, Math.min(array.length - from, to - from));
        return copy;
    }

    /** {@link java.util.Arrays#copyOf(short[], int)}. */
    public static short[] copyOf(short[] array, int length) {
        short[] copy = new short[length];
        System.arraycopy(array, 0, copy, 0, Math.min(array.length, length));
        return copy;
    }

    /** {@link java.util.Arrays#copyOfRange(short[], int, int)}. */
    public static short[] copyOfRange(short[] array, int from, int to) {
        if (from > to) {
            throw new IllegalArgumentException("from > to");
        }
        if (from < 0 || from > array.length) {
            throw new ArrayIndexOutOfBoundsException("range outside of the array");
        }
        short[] copy = new short[to - from];
        System.arraycopy(array, from, copy, 0, Math.min(array.length - from, to - from));
        return copy;
    }

    /** {@link java.util.Arrays#copyOf(char[], int)}. */
    public static char[] copyOf(char[] array, int length) {
        char[] copy = new char[length];
        System.arraycopy(array, 0, copy, 0, Math.min(array.length, length));
        return copy;
    }

    /** {@link java.util.Arrays#copyOfRange(char[], int, int)}. */
    public static char[] copyOfRange(char[] array, int from, int to) {
        if (from > to) {
            throw new IllegalArgumentException("from > to");
        }
        if (from < 0 || from > array.length) {
            throw new ArrayIndexOutOfBoundsException("range outside of the array");
        }
        char[] copy = new char[to - from];
        System.arraycopy(array, from, copy, 0, Math.min(array.length - from, to - from));
        return copy;
    }

    /** {@link java.util.Arrays#copyOf(int[], int)}. */
    public static int[] copyOf(int[] array, int length) {
        int[] copy = new int[length];
        System.arraycopy(array, 0, copy, 0, Math.min(array.length, length));
        return copy;
    }

    /** {@link java.util.Arrays#copyOfRange(int[], int, int)}. */
    public static int[] copyOfRange(int[] array, int from, int to) {
        if (from > to) {
            throw new IllegalArgumentException("from > to");
        }
        if (from < 0 || from > array.length) {
            throw new ArrayIndexOutOfBoundsException("range outside of the array");
        }
        int[] copy = new int[to - from];
        System.arraycopy(array, from, copy, 0, Math.min(array.length - from, to - from));
        return copy;
    }

    /** {@link java.util.Arrays#copyOf(long[], int)}. */
    public static long[] copyOf(long[] array, int length) {
        long[] copy = new long[length];
        System.arraycopy(array, 0, copy, 0, Math.min(array.length, length));
        return copy;
    }

    /** {@link java.util.Arrays#copyOfRange(long[], int, int)}. */
    public static long[] copyOfRange(long[] array, int from, int to) {
        if (from > to) {
            throw new IllegalArgumentException("from > to");
        }
        if (from < 0 || from > array.length) {
            throw new ArrayIndexOutOfBoundsException("range outside of the array");
        }
        long[] copy = new long[to - from];
        System.arraycopy(array, from, copy, 0, Math.min(array.length - from, to - from));
        return copy;
    }
}
