import java.math.BigInteger;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import k23.sdk.Entry;
import k23.sdk.Log;
import k23.sdk.boot.BootInfo;

/** What somebody who knows Java writes into a payload, on four harts at once. */
final class ModernJava {
    private static final int HARTS = 4;
    private static final AtomicInteger DONE = new AtomicInteger();

    private ModernJava() {}

    record Point(double x, double y) {
        double length() {
            return Math.hypot(x, y);
        }
    }

    sealed interface Shape permits Circle, Square {}

    static final class Circle implements Shape {
        private final double radius;

        Circle(double radius) {
            this.radius = radius;
        }
    }

    static final class Square implements Shape {
        private final double side;

        Square(double side) {
            this.side = side;
        }
    }

    static double area(Shape shape) {
        return switch (shape) {
            case Circle circle -> Math.PI * circle.radius * circle.radius;
            case Square square -> square.side * square.side;
        };
    }

    static String sorted(int[] numbers, String separator) {
        int[] copy = numbers.clone();
        Arrays.sort(copy);
        String text = "";
        for (int number : copy) {
            text = text + (text.isEmpty() ? "" : separator) + number;
        }
        return text;
    }

    @Entry(harts = HARTS)
    static void main(int hart, BootInfo boot) {
        String mine = sorted(new int[] {5, hart, 9, -1}, ", ");
        if (mine.equals("-1, " + hart + ", 5, 9")) {
            DONE.incrementAndGet();
        }
        while (hart != boot.bootHart()) {
            Thread.onSpinWait();
        }
        while (DONE.get() < HARTS) {
            Thread.onSpinWait();
        }
        IntUnaryOperator twice = x -> x * 2;
        Log.info("harts " + DONE.get() + " " + (DONE.get() == HARTS));
        Log.info("length " + (long) (new Point(3, 4).length() * 1000));
        Log.info("composed " + twice.andThen(y -> y + HARTS).applyAsInt(20));
        Log.info("power " + BigInteger.valueOf(3).pow(200)
                .mod(BigInteger.valueOf(1_000_000_007)).longValue());
        Log.info("areas " + (int) area(new Circle(2)) + " " + (int) area(new Square(3)));
        Log.info("parsed " + Integer.parseInt("-1234") + " " + Character.isLetter('x'));
    }
}
