package k23.tests.differential.cases;

/** Objects: allocation in a region, fields, dispatch, sealed types, enums, pattern switches. */
public final class ObjectCases {
    /** The number of cases. */
    public static final int COUNT = 14;

    private sealed interface Shape permits Circle, Box, Line {
        long measure();

        default long doubled() {
            return measure() * 2;
        }
    }

    private static final class Circle implements Shape {
        private final long radius;

        Circle(long radius) {
            this.radius = radius;
        }

        @Override
        public long measure() {
            return 3 * radius * radius;
        }
    }

    private static final class Box implements Shape {
        private final int width;
        private final int height;

        Box(int width, int height) {
            this.width = width;
            this.height = height;
        }

        @Override
        public long measure() {
            return (long) width * height;
        }

        @Override
        public long doubled() {
            return -1;
        }
    }

    private static final class Line implements Shape {
        @Override
        public long measure() {
            return 0;
        }
    }

    private abstract static sealed class Node permits Leaf, Branch {
        protected int visits;

        abstract int depth();

        final int visited() {
            visits++;
            return depth() * 100 + visits;
        }
    }

    private static final class Leaf extends Node {
        @Override
        int depth() {
            return 1;
        }
    }

    private static final class Branch extends Node {
        private final Node left;
        private final Node right;

        Branch(Node left, Node right) {
            this.left = left;
            this.right = right;
        }

        @Override
        int depth() {
            return 1 + Math.max(left.depth(), right.depth());
        }
    }

    private enum Level {
        LOW(1), MIDDLE(10), HIGH(100);

        private final int weight;

        Level(int weight) {
            this.weight = weight;
        }

        Level next() {
            return values()[(ordinal() + 1) % values().length];
        }
    }

    private static final class Stack {
        private long[] items = new long[2];
        private int size;

        void push(long item) {
            if (size == items.length) {
                long[] grown = new long[2 * size];
                System.arraycopy(items, 0, grown, 0, size);
                items = grown;
            }
            items[size++] = item;
        }

        long pop() {
            return items[--size];
        }
    }

    private static final Level[] LEVELS = {Level.HIGH, Level.LOW, null};
    private static final Stack SHARED = new Stack();

    private ObjectCases() {}

    /** Runs case {@code which}. */
    public static long run(int which, long a, long b) {
        return switch (which) {
            case 0 -> shape(a, b).measure();
            case 1 -> shape(a, b).doubled();
            case 2 -> describe(shape(a, b));
            case 3 -> tree((int) a & 7).visited();
            case 4 -> level(a).weight + level(b).next().weight;
            case 5 -> ofLevel(level(a));
            case 6 -> stack(a, (int) b & 31);
            case 7 -> ofLevel(LEVELS[(int) a & 3]);
            case 8 -> ((Circle) shape(a, b)).radius;
            case 9 -> shape(a, b) instanceof Box box && box.width > 2 ? box.height : -9;
            case 10 -> level(a).compareTo(level(b)) + level(a).ordinal() * 10L;
            case 11 -> shared(a);
            case 12 -> new long[(int) b & 15].length + new int[(int) (a | 0x40000000) >> 28].length;
            default -> level(a) == level(b) ? 1 : 0;
        };
    }

    private static Shape shape(long a, long b) {
        return switch ((int) (a & 3)) {
            case 0 -> new Circle(b & 0xffff);
            case 1 -> new Box((int) a >>> 2, (int) b);
            case 2 -> new Line();
            default -> null;
        };
    }

    private static long describe(Shape shape) {
        return switch (shape) {
            case Circle circle when circle.radius > 100 -> 1;
            case Circle circle -> circle.radius;
            case Box box -> box.width ^ box.height;
            case Line _ -> 3;
        };
    }

    private static Node tree(int depth) {
        return depth == 0 ? new Leaf() : new Branch(tree(depth - 1), new Leaf());
    }

    private static Level level(long n) {
        return Level.values()[(int) (n & 0xff) % 3];
    }

    private static long ofLevel(Level level) {
        return switch (level) {
            case LOW -> 11;
            case MIDDLE -> 22;
            case HIGH -> 33;
        };
    }

    private static long stack(long seed, int count) {
        Stack stack = new Stack();
        for (int i = 0; i < count; i++) {
            stack.push(seed * i);
        }
        long hash = 0;
        for (int i = 0; i < count; i++) {
            hash = hash * 31 + stack.pop();
        }
        return hash + (seed == 7 ? stack.pop() : 0);
    }

    private static long shared(long item) {
        SHARED.push(item);
        SHARED.push(item + 1);
        return SHARED.pop() ^ SHARED.pop();
    }
}
