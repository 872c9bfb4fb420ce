package k23.codegen.compiler.support;

/** What {@code clone()} means for arrays of primitives. */
public final class ArrayClones {
    private ArrayClones() {}

    /** A copy of {@code array}. */
    public static boolean[] clone(boolean[] array) {
        boolean[] copy = new boolean[array.length];
        System.arraycopy(array, 0, copy, 0, array.length);
        return copy;
    }

    /** A copy of {@code array}. */
    public static byte[] clone(byte[] array) {
        byte[] copy = new byte[array.length];
        System.arraycopy(array, 0, copy, 0, array.length);
        return copy;
    }

    /** A copy of {@code array}. */
    public static short[] clone(short[] array) {
        short[] copy = new short[array.length];
        System.arraycopy(array, 0, copy, 0, array.length);
        return copy;
    }

    /** A copy of {@code array}. */
    public static char[] clone(char[] array) {
        char[] copy = new char[array.length];
        System.arraycopy(array, 0, copy, 0, array.length);
        return copy;
    }

    /** A copy of {@code array}. */
    public static int[] clone(int[] array) {
        int[] copy = new int[array.length];
        System.arraycopy(array, 0, copy, 0, array.length);
        return copy;
    }

    /** A copy of {@code array}. */
    public static long[] clone(long[] array) {
        long[] copy = new long[array.length];
        System.arraycopy(array, 0, copy, 0, array.length);
        return copy;
    }
    /** A copy of {@code array}. */
    public static float[] clone(float[] array) {
        float[] copy = new float[array.length];
        System.arraycopy(array, 0, copy, 0, array.length);
        return copy;
    }

    /** A copy of {@code array}. */
    public static double[] clone(double[] array) {
        double[] copy = new double[array.length];
        System.arraycopy(array, 0, copy, 0, array.length);
        return copy;
    }
}
