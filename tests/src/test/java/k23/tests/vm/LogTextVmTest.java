package k23.tests.vm;

import k23.junit.KernelTest;
import k23.sdk.Log;
import k23.sdk.NoAllocation;
import k23.sdk.word.Address;

/** What the log writes for values of all kinds, and that this needs no memory. */
final class LogTextVmTest {
    private static int number = 42;
    private static String none;

    private LogTextVmTest() {}

    private enum Color { RED, GREEN }

    private record Point(int x, long y) {}

    private record Segment(Point from, String name, Color color) {}

    private static void say(String text) {
        Log.info("say: " + text);
    }

    @KernelTest(console = "[k23 info] 42 -42 true x null RED 0x1000")
    @NoAllocation
    static void numbersAndAddresses() {
        Log.info(number + " " + -(long) number + " " + (number > 3) + " " + (char) (number + 78)
                + " " + none + " " + Color.RED + " " + new Address(0x1000));
    }

    @KernelTest(console = "Segment[from=Point[x=1, y=42], name=null, color=GREEN], equal: false")
    @NoAllocation
    static void records() {
        Segment segment = new Segment(new Point(1, number), none, Color.GREEN);
        Log.info(segment + ", equal: " + segment.equals(new Segment(segment.from(), none,
                Color.RED)));
    }

    @KernelTest(console = "[k23 info] say: point Point[x=42, y=7] is at 0x2a: yes")
    @NoAllocation
    static void textsThatAreOnlyPassedOn() {
        say("point " + new Point(number, 7) + " is at " + new Address(number)
                + (number == 42 ? ": yes" : ": no"));
    }

    @KernelTest(kernel = false,
            console = "[k23 info] 42.5 1.0E-5 NaN -0.0 1.0E10 Mix[a=0.1, b=0.33333334] 8.4E-45")
    @NoAllocation
    static void floatingPoint() {
        double half = number + 0.5;
        Log.info(half + " " + (half - 32.5) / 1e6 + " " + (half - half) / (number - 42) + " "
                + -0.0 * number + " " + 1e10f * (number - 41) + " "
                + new Mix(number / 420.0, 1 / 3f) + " " + number / 7 * Float.MIN_VALUE);
    }

    private record Mix(double a, float b) {}
}
