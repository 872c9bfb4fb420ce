package k23.tests.differential.random;

import java.util.ArrayList;
import java.util.List;

/**
 * One random program: a few static methods, the last of which is run.
 *
 * @param seed    what it was made from
 * @param methods the statements of each method
 */
record RandomProgram(long seed, List<List<Statement>> methods) {
    /** Names and first values of the variables that every method has. */
    private static final String LOCALS = """
                    int i0 = (int) a;
                    int i1 = (int) b;
                    int i2 = i0 ^ 77;
                    int i3 = -3;
                    long l0 = a;
                    long l1 = b;
                    long l2 = a * 31 + b;
                    long l3 = 1L << 40;
                    Pair p0 = new Pair(i0, b);
                    Pair p1 = new Pair(5, -1L);
                    Shape s0 = new Circle(i1);
                    Shape s1 = new Box(i0, 3);
                    int[] x0 = new int[8];
                    byte[] x1 = new byte[16];
                    double d0 = a / 8.0;
                    double d1 = 0.1;
                    float f0 = b;
                    float f1 = 1.5f;
                    Vector v0 = new Vector(b * 0.25, i0);
                    double[] x2 = {a, 0.5, -1, 0};
            """;
    private static final String RESULT = """
                    return i0 + 3L * i1 + 5L * i2 + 7L * i3 + 11 * l0 + 13 * l1 + 17 * l2 + 19 * l3
                            + 23 * p0.hash() + 29 * p1.hash() + 31 * s0.area() + 37 * s1.area()
                            + sum(x0) + x1[3] + counter + 41 * bits(d0) + 43 * bits(d1)
                            + 47 * bits(f0) + 53 * bits(f1) + 59 * bits(v0.length())
                            + 61 * bits(x2[0] + x2[1] - x2[3]);
            """;
    private static final String TYPES = """
                record Pair(int left, long right) {
                    long hash() {
                        return left * 31L + right;
                    }
                    Pair swapped() {
                        return new Pair((int) right, left);
                    }
                }
                record Vector(double x, float y) {
                    double length() {
                        return Math.sqrt(x * x + y * y);
                    }
                    Vector scaled(double factor) {
                        return new Vector(x * factor, y + 1);
                    }
                }
                static long bits(double number) {
                    return Double.doubleToLongBits(number);
                }
                sealed interface Shape permits Circle, Box {
                    long area();
                }
                static final class Circle implements Shape {
                    int radius;
                    Circle(int radius) {
                        this.radius = radius;
                    }
                    @Override public long area() {
                        return radius * 3L;
                    }
                }
                static final class Box implements Shape {
                    final int width;
                    long height;
                    Box(int width, long height) {
                        this.width = width;
                        this.height = height;
                    }
                    @Override public long area() {
                        return width * height;
                    }
                }
                static int counter;
                static int fuel;
                static final long[] TABLE = {3, 1, 4, 1, 5, 9, 2, 6};
                static long sum(int[] values) {
                    long sum = 0;
                    for (int value : values) {
                        sum += value;
                    }
                    return sum;
                }
            """;

    /** The source of the program as a class of its own. */
    String source(String packageName, String className) {
        StringBuilder out = new StringBuilder("package " + packageName + ";\n\nfinal class "
                + className + " {\n").append(TYPES);
        for (int i = 0; i < methods.size(); i++) {
            out.append("    static long m").append(i).append("(long a, long b) {\n");
            out.append(LOCALS);
            methods.get(i).forEach(statement -> statement.render(out, "        "));
            out.append(RESULT).append("    }\n");
        }
        out.append("    static long run(long a, long b) {\n        counter = 0;\n")
                .append("        fuel = 2000;\n")
                .append("        for (int i = 0; i < TABLE.length; i++) {\n")
                .append("            TABLE[i] = i * 3;\n        }\n        return m")
                .append(methods.size() - 1).append("(a, b);\n    }\n}\n");
        return out.toString();
    }

    /** Every program that is this one with one statement left out. */
    List<RandomProgram> smaller() {
        List<RandomProgram> result = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            for (List<Statement> shorter : Statement.withoutOne(methods.get(i))) {
                List<List<Statement>> changed = new ArrayList<>(methods);
                changed.set(i, shorter);
                result.add(new RandomProgram(seed, changed));
            }
        }
        return result;
    }
}
