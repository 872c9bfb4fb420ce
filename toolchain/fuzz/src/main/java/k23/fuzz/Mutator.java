package k23.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes inputs: bits, numbers of every width and order, lengths, and parts of other inputs. */
final class Mutator {
    private static final int MOST_EDITS = 6;
    private static final int MOST_INSERTED = 64;
    private static final long[] NUMBERS = {
        0, 1, 2, 3, 4, 7, 8, 15, 16, 127, 128, 255, 256, 4095, 4096, 65_535, 65_536, 1 << 20,
        0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1, -2,
        -8, -16, -4096, -65_536};

    private final SplittableRandom random;
    private final int maxBytes;

    Mutator(long seed, int maxBytes) {
        this.random = new SplittableRandom(seed);
        this.maxBytes = maxBytes;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** A changed copy of one of {@code corpus}; half of the time of the first, the valid ones. */
    byte[] next(List<byte[]> corpus, int valid) {
        byte[] input = corpus.get(below(below(2) == 0 ? valid : corpus.size())).clone();
        int edits = 1 + below(MOST_EDITS);
        for (int i = 0; i < edits; i++) {
            input = edit(input, corpus.get(below(corpus.size())));
        }
        return input.length > maxBytes ? Arrays.copyOf(input, maxBytes) : input;
    }

    private byte[] edit(byte[] input, byte[] other) {
        if (input.length == 0) {
            return other.clone();
        }
        int at = below(input.length);
        int length = 1 + below(Math.min(input.length - at, MOST_INSERTED));
        switch (below(12)) {
            case 0, 1, 2 -> input[at] ^= (byte) (1 << below(8));
            case 3, 4 -> input[at] = (byte) below(256);
            case 5, 6 -> setNumber(input, at, NUMBERS[below(NUMBERS.length)]);
            case 7 -> addToNumber(input, at, below(33) - 16);
            case 8 -> Arrays.fill(input, at, at + length, (byte) below(256));
            case 9 -> {
                return below(2) == 0 ? Arrays.copyOf(input, at)
                        : splice(input, at, new byte[0], 0, 0, at + length);
            }
            case 10 -> {
                return splice(input, at, input, at, length, below(2) == 0 ? at : at + length);
            }
            default -> {
                if (other.length > 0) {
                    int from = below(other.length);
                    int count = Math.min(length, other.length - from);
                    return splice(input, at, other, from, count,
                            below(2) == 0 ? at : Math.min(at + count, input.length));
                }
            }
        }
        return input;
    }

    /** The input up to {@code at}, then a part of another, then the input from {@code to} on. */
    private static byte[] splice(byte[] input, int at, byte[] other, int from, int count, int to) {
        byte[] result = Arrays.copyOf(input, at + count + input.length - to);
        System.arraycopy(other, from, result, at, count);
        System.arraycopy(input, to, result, at + count, input.length - to);
        return result;
    }

    /** Overwrites a number of 1, 2, 4 or 8 bytes, mostly where such numbers are aligned. */
    private void setNumber(byte[] input, int near, long value) {
        int width = 1 << below(4);
        int at = below(4) == 0 ? near : near & -width;
        put(input, at, width, below(2) == 0, value);
    }

    private static void put(byte[] input, int at, int width, boolean isBigEndian, long value) {
        for (int i = 0; i < width && at + i < input.length; i++) {
            input[at + i] = (byte) (value >>> 8 * (isBigEndian ? width - 1 - i : i));
        }
    }

    private void addToNumber(byte[] input, int near, int amount) {
        int width = 1 << below(4);
        int at = near & -width;
        if (at + width > input.length) {
            return;
        }
        boolean isBigEndian = below(2) == 0;
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (input[at + i] & 0xffL) << 8 * (isBigEndian ? width - 1 - i : i);
        }
        put(input, at, width, isBigEndian, value + amount);
    }
}
