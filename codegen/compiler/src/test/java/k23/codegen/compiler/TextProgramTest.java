package k23.codegen.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small programs that make strings, and what modern Java does with objects and lambdas. */
class TextProgramTest {
    @TempDir
    private Path folder;

    private String output(String main) throws Exception {
        LinuxProgram.Run run = LinuxProgram.run(folder, main);
        assertEquals(0, run.status(), run.output());
        return run.output();
    }

    @Test
    void concatenationsOfEverythingThatHasAText() throws Exception {
        assertEquals("a42 -9223372036854775808xtrue42-7null\n"
                + "Segment[from=Point[x=1, y=42], name=a4, color=grass] own42 0xff0\n"
                + "Box(42)nullfalse|0,1,2,|eq\n", output("""
                class Main {
                    enum Color { RED, GREEN { public String toString() { return "grass"; } } }
                    record Point(int x, long y) {}
                    record Segment(Point from, String name, Color color) {}
                    record Own(int v) { public String toString() { return "own" + v; } }
                    static final class Box {
                        final int v;
                        Box(int v) { this.v = v; }
                        public String toString() { return "Box(" + v + ")"; }
                    }
                    static int n = 42;
                    static Color color = Color.GREEN;
                    static String none;
                    static Box box;
                    static long run() {
                        Linux.enterRegion();
                        String s = "a" + n + ' ' + Long.MIN_VALUE * (n - 41) + (char) (n + 78)
                                + (n == 42) + (byte) n + (short) (n - 49) + none;
                        Linux.print(s + '\\n');
                        Linux.print(new Segment(new Point(1, n), s.substring(0, 2), color) + " "
                                + new Own(n) + " " + new Address(0xff0) + "\\n");
                        String list = "";
                        for (int i = 0; i < 3; i++) {
                            list += i + ",";
                        }
                        String key = "k" + n;
                        Linux.print(new Box(n) + "" + box + (n < 3) + "|" + list + "|"
                                + switch (key) { case "k42" -> "eq"; default -> "ne"; } + "\\n");
                        return 0;
                    }
                }
                """));
    }

    @Test
    void genericClassesUseTheMethodsOfObject() throws Exception {
        assertEquals("null,y,x4,abdBV4N(null)false true\n", output("""
                class Main {
                    static int n = 4;
                    static final class Node<T> {
                        final T value;
                        final Node<T> next;
                        Node(T value, Node<T> next) { this.value = value; this.next = next; }
                        public boolean equals(Object other) {
                            return other instanceof Node<?> node
                                    && java.util.Objects.equals(node.value, value);
                        }
                        public int hashCode() { return 1; }
                        public String toString() { return "N(" + value + ")"; }
                    }
                    static final class Stack<T> implements Iterable<T> {
                        Node<T> head;
                        void push(T value) { head = new Node<>(value, head); }
                        public java.util.Iterator<T> iterator() {
                            return new java.util.Iterator<T>() {
                                Node<T> at = head;
                                public boolean hasNext() { return at != null; }
                                public T next() {
                                    T value = at.value;
                                    at = at.next;
                                    return value;
                                }
                            };
                        }
                    }
                    static final class Number implements Comparable<Number> {
                        final int value;
                        Number(int value) { this.value = value; }
                        public int compareTo(Number other) {
                            return Integer.compare(value, other.value);
                        }
                        public String toString() { return "V" + value; }
                    }
                    enum Letter { A, B }
                    static <T extends Comparable<T>> T max(T a, T b) {
                        return a.compareTo(b) > 0 ? a : b;
                    }
                    static long run() {
                        Linux.enterRegion();
                        Stack<String> stack = new Stack<>();
                        stack.push("x" + n);
                        stack.push("y");
                        stack.push(null);
                        for (String each : stack) {
                            Linux.print(each + ",");
                        }
                        Linux.print(max("abc", "abd") + max(Letter.A, Letter.B)
                                + max(new Number(n), new Number(3)) + stack.head
                                + stack.head.equals(stack.head.next) + " "
                                + stack.head.next.equals(new Node<>("y", null)) + "\\n");
                        return 0;
                    }
                }
                """));
    }

    @Test
    void functionsOfTheJdkCompose() throws Exception {
        assertEquals("p q4-4 3q17", output("""
                class Main {
                    static int n = 4;
                    record Point(int x) {}
                    static long run() {
                        Linux.enterRegion();
                        java.util.function.BiFunction<String, String, String> join =
                                String::concat;
                        java.util.function.UnaryOperator<String> trim = String::trim;
                        java.util.function.ToIntFunction<String> length = String::length;
                        java.util.function.Supplier<Point> point = () -> new Point(n + 13);
                        java.util.Comparator<String> shorter = (a, b) -> b.length() - a.length();
                        CharSequence text = "q" + n + "!";
                        Linux.print(join.andThen(trim).apply(" p", " q ")
                                + length.applyAsInt("four") + shorter.compare("12345", "1") + " "
                                + text.length() + text.charAt(0) + point.get().x());
                        return 0;
                    }
                }
                """));
    }
}
