package k23.tests.differential.cases;

import java.util.Iterator;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** Lambdas and method references of every kind, and loops over iterables. */
public final class LambdaCases {
    /** The number of cases. */
    public static final int COUNT = 30;

    private interface LongStep {
        long step(long x);
    }

    private interface ByteStep {
        byte step(byte x);
    }

    private interface PairMaker {
        Pair make(int x, long y);
    }

    private interface ArrayMaker {
        int[] make(int length);
    }

    private interface IntsToLong {
        long apply(int x, int y);
    }

    private interface CellMaker {
        Cell make(byte value);
    }

    private interface CellTo {
        long apply(Cell cell, int x);
    }

    private interface Combine<T> {
        T combine(T x, T y);
    }

    private record Pair(int x, long y) {
        long sum() {
            return x + y;
        }
    }

    private interface PairTo {
        long apply(Pair pair);
    }

    private static final class Cell {
        private final long value;

        Cell(long value) {
            this.value = value;
        }

        Cell(Cell other) {
            this(other.value * 3);
        }

        long plus(long x) {
            return value + x;
        }

        LongStep adder() {
            return x -> x + value;
        }

        LongStep reference() {
            return this::plus;
        }

        static Cell sum(Cell x, Cell y) {
            return new Cell(x.value + y.value);
        }
    }

    private static final class Countdown implements Iterable<Cell> {
        private final int from;

        Countdown(int from) {
            this.from = from;
        }

        @Override
        public Iterator<Cell> iterator() {
            return new Iterator<>() {
                private int next = from;

                @Override
                public boolean hasNext() {
                    return next > 0;
                }

                @Override
                public Cell next() {
                    return new Cell(next--);
                }
            };
        }
    }

    private LambdaCases() {}

    private static long twice(LongStep step, long x) {
        return step.step(step.step(x));
    }

    private static long negate(long x) {
        return -x;
    }

    private static int narrow(long x) {
        return (int) (x * 31);
    }

    /** Runs case {@code which}. */
    public static long run(int which, long a, long b) {
        return which < 13 ? own(which, a, b) : which < 26 ? jdk(which, a, b)
                : widened(which, a, b);
    }

    private static int mix(long x, int y) {
        return (int) (x * 31 + y);
    }

    /** References to methods of other numbers than the interface's. */
    private static long widened(int which, long a, long b) {
        int n = (int) b;
        return switch (which) {
            case 26 -> ((IntsToLong) LambdaCases::mix).apply((int) a, n);
            case 27 -> {
                CellMaker maker = Cell::new;
                CellTo to = Cell::plus;
                yield to.apply(maker.make((byte) a), n);
            }
            case 28 -> {
                IntFunction<long[][]> maker = long[][]::new;
                int[] numbers = {n, 3, (int) a};
                LongSupplier supplier = a > 0 ? () -> numbers[0] + numbers.length : () -> 1;
                yield maker.apply(n & 15).length + supplier.getAsLong();
            }
            default -> {
                IntsToLong function = Math::floorMod;
                yield function.apply((int) a, n);
            }
        };
    }

    private static long own(int which, long a, long b) {
        int n = (int) b;
        byte small = (byte) a;
        char sign = (char) b;
        boolean flag = a < b;
        Pair pair = new Pair(n, a);
        Cell cell = new Cell(a);
        return switch (which) {
            case 0 -> twice(x -> x * 7 + 1, a);
            case 1 -> twice(x -> x * b + n, a);
            case 2 -> twice(LambdaCases::negate, a) + twice(cell::plus, b);
            case 3 -> twice(x -> x + pair.x() * pair.y(), b);
            case 4 -> twice(x -> flag ? x + small : x - sign, b);
            case 5 -> twice(cell.adder(), b) ^ twice(cell.reference(), a);
            case 6 -> {
                ByteStep step = x -> (byte) (x + small);
                yield step.step((byte) b);
            }
            case 7 -> {
                PairMaker maker = Pair::new;
                PairTo to = Pair::sum;
                yield to.apply(maker.make(n, a));
            }
            case 8 -> {
                ArrayMaker maker = int[]::new;
                yield maker.make(n & 63).length;
            }
            case 9 -> {
                Combine<Cell> combine = Cell::sum;
                yield combine.combine(cell, new Cell(b)).value;
            }
            case 10 -> {
                LongStep outer = x -> twice(y -> y * x + a, b);
                yield outer.step(n);
            }
            case 11 -> ((LongStep) LambdaCases::narrow).step(a);
            default -> {
                LongStep chosen = flag ? x -> x + 1 : (a & 1) == 0 ? cell::plus : x -> x ^ b;
                yield twice(chosen, a);
            }
        };
    }

    private static long jdk(int which, long a, long b) {
        int n = (int) b;
        Cell cell = new Cell(a);
        return switch (which) {
            case 13 -> ((IntUnaryOperator) x -> x * 3).andThen(x -> x + n).applyAsInt((int) a);
            case 14 -> ((IntUnaryOperator) x -> x * 3).compose(x -> x + n).applyAsInt((int) a);
            case 15 -> {
                LongBinaryOperator operator = Math::max;
                yield operator.applyAsLong(a, b);
            }
            case 16 -> {
                IntPredicate odd = x -> (x & 1) != 0;
                yield (odd.negate().and(x -> x > n).test((int) a) ? 1 : 0)
                        + (odd.or(x -> x == n).test((int) a) ? 2 : 0);
            }
            case 17 -> {
                IntFunction<Cell> make = x -> new Cell(x + a);
                yield make.apply(n).value;
            }
            case 18 -> {
                Supplier<Cell> supplier = () -> new Cell(a - b);
                LongSupplier number = () -> a ^ n;
                yield supplier.get().value + number.getAsLong();
            }
            case 19 -> {
                Function<Cell, Cell> copy = Cell::new;
                Function<Cell, Cell> both = copy.andThen(c -> new Cell(c.value + b));
                yield both.apply(cell).value + Function.<Cell>identity().apply(cell).value;
            }
            case 20 -> {
                ToLongFunction<Cell> value = c -> c.value;
                LongUnaryOperator half = x -> x / 2;
                yield half.applyAsLong(value.applyAsLong(cell));
            }
            case 21 -> {
                long[] sum = new long[1];
                for (Cell each : new Countdown(n & 15)) {
                    sum[0] = sum[0] * 3 + each.value;
                }
                new Countdown(n & 7).forEach(c -> sum[0] += c.plus(a));
                yield sum[0];
            }
            case 22 -> {
                Cell[] held = {cell};
                Runnable change = () -> held[0] = new Cell(b);
                change.run();
                yield held[0].value;
            }
            case 23 -> {
                Cell chosen = Objects.requireNonNullElse(a < b ? null : cell, new Cell(n));
                yield chosen.value + (Objects.equals(chosen, cell) ? 1 : 0)
                        + (Objects.isNull(chosen) ? 2 : 0);
            }
            case 24 -> {
                BinaryOperator<Cell> sum = Cell::sum;
                UnaryOperator<Cell> twice = c -> sum.apply(c, c);
                Predicate<Cell> positive = c -> c.value > 0;
                IntBinaryOperator product = (x, y) -> x * y;
                yield twice.apply(cell).value + (positive.test(cell) ? 1 : 0)
                        + product.applyAsInt(n, 3);
            }
            default -> ((IntUnaryOperator) x -> x / n).applyAsInt((int) a);
        };
    }
}
