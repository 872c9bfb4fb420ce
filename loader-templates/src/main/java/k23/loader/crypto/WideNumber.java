package k23.loader.crypto;

/** Unsigned numbers of many 64-bit words, the lowest first. */
final class WideNumber {
    private WideNumber() {}

    /** {@code result = left * right}; the result has at least the words of both together. */
    static void multiply(long[] left, long[] right, long[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = 0;
        }
        for (int i = 0; i < left.length; i++) {
            long carry = 0;
            for (int j = 0; j < right.length; j++) {
                long low = left[i] * right[j];
                long high = Math.unsignedMultiplyHigh(left[i], right[j]);
                long sum = low + carry;
                high += Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
                long total = result[i + j] + sum;
                high += Long.compareUnsigned(total, sum) < 0 ? 1 : 0;
                result[i + j] = total;
                carry = high;
            }
            result[i + right.length] = carry;
        }
    }

    /** {@code result = root ^ 3} for a root of two words; the result has five (of six). */
    static void cube(long[] root, long[] result) {
        long[] square = new long[4];
        long[] product = new long[6];
        multiply(root, root, square);
        multiply(square, root, product);
        for (int i = 0; i < result.length; i++) {
            result[i] = product[i];
        }
        result[result.length - 1] |= product[5];
    }
}
