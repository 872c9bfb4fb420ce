package k23.codegen.wasm;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes random functions that end: nests of loops over memory above all, with addresses, conditions
 * and numbers of the kinds that an optimiser looks for.
 */
final class ModuleGenerator {
    private static final int FUNCTIONS = 3;
    private static final int CALLS = 8;
    private static final int MAX_DEPTH = 3;
    private static final int EXPRESSION_DEPTH = 3;
    private static final int MOST_ROUNDS = 12;
    private static final int I32_CONST = 0x41;
    private static final int I64_CONST = 0x42;
    private static final long[] CONSTANTS = {0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 31, 32, 33, 63, 64,
        100, 127, 128, 255, 256, 4095, 4096, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fff_ffffL,
        0x8000_0000L, 0xffff_ffffL, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE,
        0x1234_5678_9abc_def1L};
    private static final int[] COMMON = {
        0x6a, 0x6a, 0x6b, 0x6c, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76};
    private static final int[] RARE = {0x6d, 0x6e, 0x6f, 0x70, 0x77, 0x78};
    /** From an i32 operation to that of i64. */
    private static final int LONG = 0x12;

    private final long seed;
    private final Random random;
    private int function;
    private int counters;
    private int longCounters;
    /** The loops around: counters in scope, negative for 64 bits, the innermost last. */
    private final List<Integer> scope = new ArrayList<>();
    /** Labels between the code and the innermost loop's. */
    private int labels;

    ModuleGenerator(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    RandomModule module() {
        var functions = new ArrayList<List<Part>>();
        for (function = 0; function < FUNCTIONS; function++) {
            counters = 0;
            longCounters = 0;
            functions.add(parts(3 + below(6), 0));
        }
        var calls = new ArrayList<long[]>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(new long[] {i < FUNCTIONS ? i : below(FUNCTIONS), (int) number(),
                (int) number(), number()});
        }
        return new RandomModule(seed, functions, calls);
    }

    private int below(int bound) {
        return random.nextInt(bound);
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private long number() {
        long number = CONSTANTS[below(CONSTANTS.length)];
        return switch (below(8)) {
            case 0 -> -number;
            case 1 -> random.nextInt();
            case 2 -> random.nextLong();
            case 3, 4 -> below(64);
            default -> number;
        };
    }

    private static byte[] code(int... bytes) {
        return ModuleWriter.bytes(bytes);
    }

    private static byte[] join(byte[]... parts) {
        return ModuleWriter.join(parts);
    }

    private List<Part> parts(int count, int depth) {
        var parts = new ArrayList<Part>();
        for (int i = 0; i < count; i++) {
            parts.add(part(depth));
        }
        return parts;
    }

    private Part part(int depth) {
        if (depth < MAX_DEPTH && below(5) < 2) {
            return oneIn(3) ? condition(depth) : loop(depth);
        }
        return simple(switch (below(15)) {
            case 12, 13 -> again();
            case 14 -> plainLoop();
            case 0, 1 -> join(i32(0), code(0x21, i32Variable()));
            case 2, 3 -> join(i64(0), code(0x21, i64Variable()));
            case 4 -> join(f64(0), code(0x21, RandomModule.FIRST_F64
                    + below(RandomModule.F64_LOCALS)));
            case 5, 6 -> store();
            case 7 -> update();
            case 8 -> oneIn(2) ? join(i32(1), code(0x24, 0)) : join(i64(1), code(0x24, 1));
            case 9 -> scope.isEmpty() ? store() : leave();
            case 10 -> call();
            default -> copy();
        });
    }

    private static Part simple(byte[] code) {
        return new Part(code, List.of(), new byte[0]);
    }

    /** Leaves the innermost loop. */
    private byte[] leave() {
        return join(i32(1), code(0x0d, labels + 1));
    }

    private byte[] call() {
        // Not from inner loops: rounds multiply.
        if (function == 0 || scope.size() > 1) {
            return store();
        }
        byte[] arguments = join(i32(1), i32(1), i64(1));
        byte[] callee = oneIn(2) ? code(0x10, below(function))
                : join(i32(1), RandomModule.constant(I32_CONST, oneIn(12) ? 7 : 1), code(0x71),
                        code(0x11, 0, 0));
        return join(arguments, callee, code(0x21, i64Variable()));
    }

    private Part condition(int depth) {
        labels++;
        byte[] head = join(i32(0), code(0x04, 0x40));
        List<Part> body = parts(1 + below(3), depth + 1);
        byte[] tail = code(0x0b);
        if (oneIn(3)) {
            var otherwise = new ByteArrayOutputStream();
            otherwise.write(0x05);
            parts(1 + below(2), depth + 1).forEach(part -> part.write(otherwise));
            otherwise.write(0x0b);
            tail = otherwise.toByteArray();
        }
        labels--;
        return new Part(head, body, tail);
    }

    /**
     * A loop over a counter of either size, up or down, tested before or behind. One that may not
     * end by itself, or changes its counter otherwise too, counts its rounds.
     */
    private Part loop(int depth) {
        boolean isLong = oneIn(3);
        if ((isLong ? longCounters : counters) == RandomModule.COUNTERS) {
            return simple(store());
        }
        int counter = isLong ? RandomModule.FIRST_LONG_COUNTER + longCounters++
                : RandomModule.FIRST_COUNTER + counters++;
        int step = new int[] {1, 1, 1, 2, 3, 4, 8, 16, -1, -2, -4}[below(11)];
        int rounds = 1 + below(MOST_ROUNDS);
        int start = oneIn(2) ? 0 : step < 0 ? rounds * -step : below(64);
        boolean isWild = oneIn(6);
        byte[] first = isWild ? value(isLong, 1) : constant(isLong, start);
        byte[] bound = bound(isLong, isWild, start + step * rounds);
        int comparison = comparison(isWild, step);
        byte[] test = join(code(0x20, counter), bound,
                code(isLong ? comparison + 0x0b : comparison));
        byte[] next = join(code(0x20, counter), constant(isLong, step), code(isLong ? 0x7c : 0x6a),
                code(0x21, counter));
        byte[] fuel = isWild ? join(code(0x20, RandomModule.FUEL, 0x45, 0x0d, 1),
                code(0x20, RandomModule.FUEL, 0x41, 1, 0x6b, 0x21, RandomModule.FUEL)) : code();
        scope.add(isLong ? -counter : counter);
        int outside = labels;
        labels = 0;
        List<Part> body = parts(1 + below(4), depth + 1);
        labels = outside;
        scope.removeLast();
        byte[] enter = join(first, code(0x21, counter, 0x02, 0x40, 0x03, 0x40), fuel);
        return oneIn(2) ? new Part(join(enter, test, code(0x45, 0x0d, 1)), body,
                join(next, code(0x0c, 0, 0x0b, 0x0b)))
                : new Part(enter, body, join(next, test, code(0x0d, 0, 0x0b, 0x0b)));
    }

    /** A constant, or the same from a variable that the optimiser knows little of. */
    private byte[] bound(boolean isLong, boolean isWild, int end) {
        if (isWild && oneIn(2)) {
            return value(isLong, 1);
        }
        if (oneIn(3) && end >= 0) {
            // At most as far: parts of a variable's bits.
            int mask = Integer.highestOneBit(Math.max(end, 1)) - 1 | 1;
            return join(code(0x20, isLong ? i64Variable() : i32Variable()), constant(isLong, mask),
                    code(isLong ? 0x83 : 0x71));
        }
        return constant(isLong, end);
    }

    /** The i32 comparison that goes on: signed or not, less, or different where it is met. */
    private int comparison(boolean isWild, int step) {
        if (isWild) {
            return 0x46 + below(10);
        }
        return step > 0 ? oneIn(2) ? 0x48 : 0x49 : 0x4a;
    }

    private static byte[] constant(boolean isLong, long value) {
        return RandomModule.constant(isLong ? I64_CONST : I32_CONST, isLong ? value : (int) value);
    }

    private byte[] value(boolean isLong, int depth) {
        return isLong ? i64(depth) : i32(depth);
    }

    private int i32Variable() {
        int i = below(RandomModule.I32_LOCALS + 2);
        return i < 2 ? i : RandomModule.FIRST_I32 + i - 2;
    }

    private int i64Variable() {
        int i = below(RandomModule.I64_LOCALS + 1);
        return i == 0 ? 2 : RandomModule.FIRST_I64 + i - 1;
    }

    /** A counter of the loops around, as an i32. */
    private byte[] counter() {
        if (scope.isEmpty()) {
            return code(0x20, i32Variable());
        }
        int counter = scope.get(oneIn(3) ? below(scope.size()) : scope.size() - 1);
        return counter > 0 ? code(0x20, counter) : code(0x20, -counter, 0xa7);
    }

    private byte[] i32(int depth) {
        if (depth >= EXPRESSION_DEPTH || oneIn(5)) {
            return switch (below(6)) {
                case 0, 1 -> RandomModule.constant(I32_CONST, (int) number());
                case 2, 3 -> counter();
                case 4 -> code(0x23, 0);
                default -> code(0x20, i32Variable());
            };
        }
        int next = depth + 1;
        return switch (below(18)) {
            case 16 -> edge();
            case 17 -> join(edge(), oneIn(2) ? edge() : i32(EXPRESSION_DEPTH),
                    code(0x46 + below(10)));
            case 0, 1, 2, 3, 4 -> join(i32(next), i32(next), code(COMMON[below(COMMON.length)]));
            case 5 -> join(i32(next), divisor(false, next), code(RARE[below(RARE.length)]));
            case 6, 7 -> join(i32(next), i32(next), code(0x46 + below(10)));
            case 8 -> join(i64(next), i64(next), code(0x51 + below(10)));
            case 9 -> join(i64(next), code(0xa7));
            case 10 -> join(i32(next),
                    code(new int[] {0x45, 0x67, 0x68, 0x69, 0xc0, 0xc1}[below(6)]));
            case 11 -> join(i32(next), i32(next), i32(next), code(0x1b));
            case 12 -> join(f64(next), code(0xfc, 2 + below(2)));
            case 13 -> oneIn(6) ? oneIn(2) ? code(0x3f, 0) : join(i32(next), code(0x41, 1, 0x71,
                    0x40, 0)) : join(f64(next), f64(next), code(0x61 + below(6)));
            default -> join(address(next), load(0x28, new int[] {0x28, 0x2c, 0x2d, 0x2e, 0x2f}));
        };
    }

    private byte[] i64(int depth) {
        if (depth >= EXPRESSION_DEPTH || oneIn(5)) {
            return switch (below(6)) {
                case 0, 1 -> RandomModule.constant(I64_CONST, number());
                case 2 -> join(counter(), code(0xac + below(2)));
                case 3 -> code(0x23, 1);
                default -> code(0x20, i64Variable());
            };
        }
        int next = depth + 1;
        return switch (below(14)) {
            case 12 -> join(edge(), code(0xac + below(2)));
            case 13 -> join(edge(), code(0xac + below(2)), edge(), code(0xac + below(2)),
                    code(COMMON[below(COMMON.length)] + LONG));
            case 0, 1, 2, 3 ->
                join(i64(next), i64(next), code(COMMON[below(COMMON.length)] + LONG));
            case 4 -> join(i64(next), divisor(true, next),
                    code(RARE[below(RARE.length)] + LONG));
            case 5, 6 -> join(i32(next), code(0xac + below(2)));
            case 7 -> join(i64(next),
                    code(new int[] {0x79, 0x7a, 0x7b, 0xc2, 0xc3, 0xc4}[below(6)]));
            case 8 -> join(i64(next), i64(next), i32(next), code(0x1b));
            case 9 -> join(f64(next), code(0xfc, 6 + below(2)));
            default -> join(address(next),
                    load(0x29, new int[] {0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35}));
        };
    }

    /** Mostly not zero. */
    private byte[] divisor(boolean isLong, int depth) {
        return oneIn(12) ? value(isLong, depth) : oneIn(2) ? constant(isLong, number() | 1)
                : join(value(isLong, depth), constant(isLong, 1), code(isLong ? 0x84 : 0x72));
    }

    private byte[] f64(int depth) {
        if (depth >= EXPRESSION_DEPTH || oneIn(3)) {
            return oneIn(2) ? code(0x20, RandomModule.FIRST_F64 + below(RandomModule.F64_LOCALS))
                    : join(counter(), code(0xb7));
        }
        int next = depth + 1;
        return switch (below(5)) {
            case 0 -> join(f64(next), f64(next), code(0xa0 + below(4)));
            case 1 -> join(i64(next), code(0xb9 + below(2)));
            case 2 -> join(i32(next), code(0xb7 + below(2)));
            case 3 -> join(address(next), code(0x2b, 0, 0));
            default -> join(f64(next), code(new int[] {0x99, 0x9a, 0x9c, 0x9f}[below(4)]));
        };
    }

    /** Mostly inside of the memory's 64 KiB, whose last bytes are tried too. */
    private byte[] address(int depth) {
        if (scope.isEmpty() && !oneIn(20)) {
            return join(i32(depth + 1), RandomModule.constant(I32_CONST, 0x7ff8), code(0x71));
        }
        byte[] scaled = join(counter(), RandomModule.constant(I32_CONST, below(5)), code(0x74));
        byte[] base = RandomModule.constant(I32_CONST,
                oneIn(16) ? 65536 - below(40) : 8 * below(4096));
        return switch (below(9)) {
            case 0, 1 -> scaled;
            case 2 -> join(scaled, base, code(0x6a));
            case 3 -> join(code(0x20, i32Variable()), RandomModule.constant(I32_CONST, 0x3fff),
                    code(0x71), scaled, code(0x6a));
            case 4 -> join(counter(), RandomModule.constant(I32_CONST, 1 + below(40)), code(0x6c),
                    base, code(0x6a));
            case 5, 6 -> join(i32(depth + 1),
                    RandomModule.constant(I32_CONST, oneIn(8) ? 0xfff8 : 0x7ff8), code(0x71));
            case 7 -> join(i32(depth + 1), RandomModule.constant(I32_CONST, 17 + below(10)),
                    code(0x76));
            default -> oneIn(16) ? i32(depth + 1) : base;
        };
    }

    private byte[] offset() {
        return ModuleWriter.unsigned(switch (below(12)) {
            case 0 -> oneIn(8) ? below(65536) : below(9);
            case 1 -> oneIn(16) ? 65536 - below(16) : below(4096);
            case 2 -> oneIn(24) ? Integer.MAX_VALUE - below(9) : below(9);
            case 3, 4, 5 -> 8 * below(32);
            default -> 0;
        });
    }

    private byte[] load(int usual, int[] others) {
        return join(code(oneIn(2) ? usual : others[below(others.length)], 0), offset());
    }

    private byte[] store() {
        return oneIn(2)
                ? join(address(0), i32(0), code(new int[] {0x36, 0x36, 0x3a, 0x3b}[below(4)], 0),
                        offset())
                : join(address(0), i64(0), code(new int[] {0x37, 0x37, 0x3c, 0x3d, 0x3e}[below(5)],
                        0), offset());
    }

    /** {@code memory[a] = memory[a] + value}. */
    private byte[] update() {
        byte[] address = address(1);
        byte[] offset = offset();
        return oneIn(2) ? join(address, address, code(0x28, 0), offset, i32(1), code(0x6a, 0x36, 0),
                offset) : join(address, address, code(0x29, 0), offset, i64(1), code(0x7c, 0x37, 0),
                offset);
    }

    /**
     * A place is read, written in part or whole by way of another that may be the same, and read
     * again.
     */
    private byte[] again() {
        int base = RandomModule.FIRST_I32 + below(RandomModule.I32_LOCALS);
        int other = oneIn(2) ? base : RandomModule.FIRST_I32 + below(RandomModule.I32_LOCALS);
        byte[] mask = join(RandomModule.constant(I32_CONST, oneIn(2) ? 0x3f8 : 0x3fff), code(0x71));
        int at = 8 + below(8);
        byte[] read = join(code(0x20, base), code(new int[] {0x29, 0x30, 0x31, 0x32, 0x33, 0x34,
            0x35}[below(7)], 0, at));
        int to = oneIn(3) ? at : oneIn(3) ? below(24) : at + (oneIn(2) ? 8 : -8);
        byte[] write = join(code(0x20, other), i64(1),
                code(new int[] {0x37, 0x3c, 0x3d, 0x3e}[below(4)], 0, to));
        // The other is mostly the same or close by, which no compiler can know.
        byte[] from = oneIn(4) ? code(0x20, other) : oneIn(2)
                ? join(code(0x20, base), constant(false, 8), code(0x73))
                : join(code(0x20, base, 0x20, i32Variable()), constant(false, 8), code(0x71, 0x73));
        int sum = i64Variable();
        return join(code(0x20, base), mask, code(0x21, base), from, mask,
                code(0x21, other), read, oneIn(2) ? join(write, read) : join(read, write),
                code(0x7c), read, code(0x85, 0x21, sum));
    }

    /** A loop that is as an optimiser likes it: its counter finds places in memory, no more. */
    private byte[] plainLoop() {
        if (counters == RandomModule.COUNTERS || scope.size() > 1) {
            return store();
        }
        int counter = RandomModule.FIRST_COUNTER + counters++;
        int shift = below(4);
        int step = oneIn(3) ? 1 << below(4) : 1;
        int start = oneIn(2) ? 0 : below(9);
        byte[] body = code();
        for (int i = 1 + below(3); i > 0; i--) {
            byte[] from = join(code(0x20, counter, 0x41, shift, 0x74), constant(false,
                    8 * below(512)), code(0x6a));
            byte[] to = oneIn(3) ? from : join(code(0x20, counter, 0x41, shift, 0x74),
                    constant(false, 8 * below(512)), code(0x6a));
            body = join(body, to, from, code(0x28, 0, 4 * below(3)), code(0x20, i32Variable()),
                    code(COMMON[below(COMMON.length)], 0x36, 0, 4 * below(3)));
        }
        byte[] limit = oneIn(2) ? constant(false, below(40))
                : join(code(0x20, i32Variable()), constant(false, 31), code(0x71));
        byte[] next = join(code(0x20, counter), constant(false, step), code(0x6a, 0x21, counter));
        byte[] test = join(code(0x20, counter), limit, code(oneIn(2) ? 0x48 : 0x49));
        byte[] head = join(constant(false, start), code(0x21, counter));
        return oneIn(2) ? join(head, code(0x03, 0x40), body, next, test, code(0x0d, 0, 0x0b))
                : join(head, code(0x02, 0x40, 0x03, 0x40), test, code(0x45, 0x0d, 1), body, next,
                        code(0x0c, 0, 0x0b, 0x0b));
    }

    /** A few bits of a variable, moved to where the numbers of a type end, or not quite. */
    private byte[] edge() {
        int bits = 1 + below(30);
        int mask = (1 << bits) - 1;
        int near = below(3) - 1;
        byte[] few = oneIn(4) ? join(code(0x20, i32Variable()), constant(false, 32 - bits),
                code(oneIn(2) ? 0x75 : 0x76)) : join(code(0x20, i32Variable()),
                constant(false, mask), code(0x71));
        return switch (below(5)) {
            case 0 -> join(few, constant(false, Integer.MAX_VALUE - mask + near), code(0x6a));
            case 1 -> join(few, constant(false, Integer.MIN_VALUE + mask + near), code(0x6b));
            case 2 -> join(few, constant(false, 30 - bits + below(3)), code(0x74));
            case 3 -> join(few, constant(false, Integer.MAX_VALUE / mask + near), code(0x6c));
            default -> join(few, constant(false, -mask + near), code(0x6a));
        };
    }

    private byte[] copy() {
        return join(address(1), address(1), code(0x28, 0), offset(), code(0x36, 0), offset());
    }
}
