package k23.tests.differential.cases;

import k23.sdk.word.Address;

/** Records as values: passed, returned in registers and by memory, nested, stored, in arrays. */
public final class RecordCases {
    /** The number of cases. */
    public static final int COUNT = 14;

    private record Pair(int left, long right) {
        Pair {
            left = left & 0xffff;
        }

        Pair swap() {
            return new Pair((int) right, left);
        }

        static Pair of(long both) {
            return new Pair((int) (both >>> 32), both & 0xffffffffL);
        }
    }

    private record Wide(long a, int b, byte c, boolean d) {
        Wide turned() {
            return new Wide(~a, b + 1, (byte) -c, !d);
        }

        long hash() {
            return a * 31 + b * 7L + c * 3L + (d ? 1 : 0);
        }
    }

    private record Nested(Pair first, Pair second, Address where) {
        Nested exchange() {
            return new Nested(second, first, where.plus(1));
        }
    }

    private static final Pair ORIGIN = new Pair(3, 4);
    private static final Pair[] PAIRS = new Pair[8];
    private static Wide stored = new Wide(1, 2, (byte) 3, true);

    static {
        for (int i = 0; i < PAIRS.length; i++) {
            PAIRS[i] = new Pair(i, -i);
        }
    }

    private RecordCases() {}

    /** Runs case {@code which}. */
    public static long run(int which, long a, long b) {
        int slot = (int) b & 7;
        return switch (which) {
            case 0 -> new Pair((int) a, b).left();
            case 1 -> Pair.of(a).swap().right();
            case 2 -> sum(Pair.of(a), Pair.of(b));
            case 3 -> ORIGIN.left() * ORIGIN.right() + ORIGIN.swap().left();
            case 4 -> wide(a, b).turned().turned().hash();
            case 5 -> new Nested(Pair.of(a), Pair.of(b), Address.of(a)).exchange()
                    .first().right();
            case 6 -> Pair.of(a).equals(Pair.of(b)) ? 1 : 0;
            case 7 -> storeInArray(slot, a);
            case 8 -> replaceField(a, b);
            case 9 -> choose(a > b, Pair.of(a), Pair.of(b)).right();
            case 10 -> loop(a, slot).hash();
            case 11 -> PAIRS[(int) a & 15].right();
            case 12 -> Address.of(a).alignUp(4096).minus(Address.of(b).alignDown(16));
            default -> Address.of(a).isBelow(Address.of(b)) ? 1 : 0;
        };
    }

    private static long sum(Pair x, Pair y) {
        return x.left() + y.left() + x.right() * y.right();
    }

    private static Wide wide(long a, long b) {
        return new Wide(a, (int) b, (byte) (a ^ b), (a & 1) == 0);
    }

    private static Pair choose(boolean first, Pair x, Pair y) {
        return first ? x : y;
    }

    private static long storeInArray(int slot, long a) {
        PAIRS[slot] = new Pair((int) a, a >> 3);
        Pair read = PAIRS[slot];
        return read.left() + read.right() * 3;
    }

    private static long replaceField(long a, long b) {
        Wide before = stored;
        stored = wide(a, b);
        return before.hash() ^ stored.hash();
    }

    private static Wide loop(long a, int turns) {
        Wide value = wide(a, turns);
        for (int i = 0; i < turns; i++) {
            value = (i & 1) == 0 ? value.turned() : new Wide(value.a() + i, i, value.c(), false);
        }
        return value;
    }
}
