package k23.codegen.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small programs that run under qemu-riscv64. */
class ProgramTest {
    /** SIGILL, as a shell reports it. */
    private static final int ILLEGAL_INSTRUCTION = 128 + 4;

    @TempDir
    private Path folder;

    private LinuxProgram.Run run(String main) throws Exception {
        return LinuxProgram.run(folder, main);
    }

    @Test
    void staticMethodsStringsAndExitStatus() throws Exception {
        var run = run("""
                class Main {
                    static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
                    static long run() {
                        Linux.print("fib(20) = ");
                        Linux.print(fib(20));
                        Linux.print('\\n');
                        return 42;
                    }
                }
                """);
        assertEquals(new LinuxProgram.Run(42, "fib(20) = 6765\n"), run);
    }

    @Test
    void recordsAreValues() throws Exception {
        var run = run("""
                class Main {
                    record Range(long from, long to) {
                        Range {
                            if (from > to) throw new IllegalArgumentException("backwards");
                        }
                        long length() { return to - from; }
                        Range grown(long by) { return new Range(from - by, to + by); }
                    }
                    record Pair(Range first, int middle, Range second) {}
                    static final Range[] TABLE = {new Range(1, 3), null, new Range(5, 9)};
                    static Range last = new Range(7, 8);
                    static Pair pair(int i) {
                        return new Pair(TABLE[0].grown(i), i, new Range(0, i));
                    }
                    static long run() {
                        Range best = last;
                        for (int i = 0; i < TABLE.length; i++) {
                            if (TABLE[i].length() > best.length()) {
                                best = TABLE[i];
                            }
                        }
                        last = best;
                        TABLE[1] = pair(10).first();
                        Linux.print(TABLE[1].length() + last.length() * 100);
                        Linux.print(pair(3).equals(pair(3)) ? 'y' : 'n');
                        Linux.print(pair(3).equals(pair(4)) ? 'y' : 'n');
                        return pair(3).hashCode() == pair(3).hashCode() ? 0 : 1;
                    }
                }
                """);
        assertEquals(new LinuxProgram.Run(0, "422yn"), run);
    }

    @Test
    void objectsInterfacesAndPatterns() throws Exception {
        var run = run("""
                class Main {
                    sealed interface Shape permits Square, Circle, Line {
                        int area();
                        default int twice() { return 2 * area(); }
                    }
                    static final class Square implements Shape {
                        final int side;
                        Square(int side) { this.side = side; }
                        public int area() { return side * side; }
                    }
                    static final class Circle implements Shape {
                        final int radius;
                        Circle(int radius) { this.radius = radius; }
                        public int area() { return 3 * radius * radius; }
                    }
                    static final class Line implements Shape {
                        public int area() { return 0; }
                    }
                    enum Color {
                        RED { int code() { return 1; } }, GREEN { int code() { return 2; } };
                        abstract int code();
                    }
                    static final Shape FIXED = new Circle(2);
                    static String name(Shape shape) {
                        return switch (shape) {
                            case Square s when s.side > 3 -> "big";
                            case Square _ -> "square";
                            case Circle _ -> "circle";
                            case Line _ -> "line";
                        };
                    }
                    static long run() {
                        Linux.enterRegion();
                        Shape[] shapes = {new Square(3), new Square(4), FIXED, new Line()};
                        int sum = 0;
                        for (Shape shape : shapes) {
                            sum += shape.twice();
                            Linux.print(name(shape));
                            Linux.print(' ');
                            if (shape instanceof Circle c) {
                                sum += c.radius;
                            }
                        }
                        for (Color color : Color.values()) {
                            sum += color.code();
                            Linux.print(color.name());
                        }
                        return sum;
                    }
                }
                """);
        assertEquals(new LinuxProgram.Run(79, "square big circle line REDGREEN"), run);
    }

    @Test
    void switchesOverStringsAndEnums() throws Exception {
        var run = run("""
                class Main {
                    enum Level { LOW, MIDDLE, HIGH }
                    static Level level = Level.MIDDLE;
                    static int parse(String text) {
                        return switch (text) {
                            case "low" -> 1;
                            case "middle", "mid" -> 2;
                            case "Aa", "BB" -> 3;
                            default -> 0;
                        };
                    }
                    static long run() {
                        Linux.print(parse("low") * 1000 + parse("mid") * 100 + parse("BB") * 10
                                + parse("x"));
                        return switch (level) {
                            case LOW -> 10;
                            case MIDDLE -> 20;
                            case HIGH -> 30;
                        };
                    }
                }
                """);
        assertEquals(new LinuxProgram.Run(20, "1230"), run);
    }

    @Test
    void finallyRunsOnTheNormalPath() throws Exception {
        var run = run("""
                class Main {
                    record Guard(char name) implements AutoCloseable {
                        public void close() { Linux.print(name); }
                    }
                    static int guarded(int i) {
                        try (Guard a = new Guard('a'); Guard b = new Guard('b')) {
                            if (i > 1) {
                                return 5;
                            }
                            Linux.print('-');
                        } finally {
                            Linux.print('f');
                        }
                        return 6;
                    }
                    static long run() { return guarded(1) * 10 + guarded(2); }
                }
                """);
        assertEquals(new LinuxProgram.Run(65, "-bafbaf"), run);
    }

    @Test
    void multidimensionalArraysAndCopies() throws Exception {
        var run = run("""
                class Main {
                    static long run() {
                        Linux.enterRegion();
                        int[][] grid = new int[3][4];
                        for (int i = 0; i < 3; i++) {
                            for (int j = 0; j < 4; j++) {
                                grid[i][j] = i * j;
                            }
                        }
                        int[] copy = java.util.Arrays.copyOf(grid[2], 6);
                        System.arraycopy(copy, 0, copy, 1, 4);
                        return copy[4] * 10 + copy.length + grid.length;
                    }
                }
                """);
        assertEquals(69, run.status());
    }

    @Test
    void storesIntoNarrowerArraysAreChecked() throws Exception {
        var run = run("""
                class Main {
                    static class Animal {}
                    static final class Dog extends Animal {}
                    static final class Cat extends Animal {}
                    static void put(Animal[] into, Animal what) { into[0] = what; }
                    static long run() {
                        Linux.enterRegion();
                        Animal[] any = new Animal[1];
                        Animal[] dogs = new Dog[1];
                        put(any, new Cat());
                        put(dogs, new Dog());
                        put(dogs, null);
                        Linux.print("so far");
                        put(dogs, new Cat());
                        return 0;
                    }
                }
                """);
        assertEquals(new LinuxProgram.Run(ILLEGAL_INSTRUCTION, "so far"), trimmed(run));
    }

    @Test
    void lambdasAndMethodReferences() throws Exception {
        var run = run("""
                class Main {
                    interface Step { int apply(int x); }
                    interface Joiner<T> { T join(T a, T b); }
                    record Scale(int factor, long bias) {}
                    static final class Box {
                        final int value;
                        Box(int value) { this.value = value; }
                        int plus(int x) { return value + x; }
                        static Box sum(Box a, Box b) { return new Box(a.value + b.value); }
                    }
                    interface Maker { Box make(int value); }
                    static int twice(Step step, int x) { return step.apply(step.apply(x)); }
                    static int square(int x) { return x * x; }
                    static long run() {
                        Linux.enterRegion();
                        Scale scale = new Scale(3, 4);
                        Box box = new Box(5);
                        Maker maker = Box::new;
                        Joiner<Box> joiner = Box::sum;
                        Linux.print(twice(x -> x + 1, 7));
                        Linux.print(',');
                        Linux.print(twice(Main::square, 3));
                        Linux.print(',');
                        Linux.print(twice(x -> x * scale.factor() + (int) scale.bias(), 1));
                        Linux.print(',');
                        Linux.print(twice(box::plus, 1));
                        Linux.print(',');
                        return joiner.join(maker.make(20), box).value;
                    }
                }
                """);
        assertEquals(new LinuxProgram.Run(25, "9,81,25,11,"), run);
    }

    @Test
    void throwIsATrap() throws Exception {
        var run = run("""
                class Main {
                    static int[] table = {1};
                    static long run() {
                        Linux.print("before");
                        return table[table[0]];
                    }
                }
                """);
        assertEquals(new LinuxProgram.Run(ILLEGAL_INSTRUCTION, "before"), trimmed(run));
    }

    private static LinuxProgram.Run trimmed(LinuxProgram.Run run) {
        // qemu says what killed the program.
        String output = run.output();
        int end = output.indexOf("qemu");
        return new LinuxProgram.Run(run.status(), end < 0 ? output : output.substring(0, end));
    }
}
