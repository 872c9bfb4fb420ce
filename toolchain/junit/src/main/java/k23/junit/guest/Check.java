package k23.junit.guest;

import k23.sdk.Log;
import k23.sdk.NoInline;
import k23.sdk.word.Address;

/** Checks in the virtual machine: one that does not hold says so in the log and panics. */
public final class Check {
    private Check() {}

    /** Checks that {@code condition} holds; {@code text} says what is wrong otherwise. */
    public static void that(boolean condition, String text) {
        if (!condition) {
            fail(text);
        }
    }

    /** Checks that two numbers are equal. */
    public static void equal(long expected, long actual) {
        if (expected != actual) {
            differ(expected, actual);
        }
    }

    /** Checks that two addresses are equal. */
    public static void equal(Address expected, Address actual) {
        if (expected.value() != actual.value()) {
            differ(expected, actual);
        }
    }

    /** Checks that {@code least <= actual <= most}. */
    public static void inRange(long least, long most, long actual) {
        if (actual < least || actual > most) {
            outside(least, most, actual);
        }
    }

    /** Fails. */
    @NoInline
    public static void fail(String text) {
        Log.begin("check");
        Log.append(text);
        Log.end();
        throw new AssertionError("a check failed");
    }

    @NoInline
    private static void differ(long expected, long actual) {
        Log.begin("check");
        Log.print("expected " + expected + ", was " + actual);
        Log.end();
        throw new AssertionError("a check failed");
    }

    @NoInline
    private static void differ(Address expected, Address actual) {
        Log.begin("check");
        Log.print("expected " + expected + ", was " + actual);
        Log.end();
        throw new AssertionError("a check failed");
    }

    @NoInline
    private static void outside(long least, long most, long actual) {
        Log.begin("check");
        Log.print("expected " + least + " to " + most + ", was " + actual);
        Log.end();
        throw new AssertionError("a check failed");
    }
}
