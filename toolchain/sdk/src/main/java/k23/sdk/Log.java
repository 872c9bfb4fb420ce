package k23.sdk;

import k23.sdk.word.Span;

/**
 * The log: lines of text on the firmware's console.
 *
 * <p>A string concatenation that is the argument of {@link #info}, {@link #warn}, {@link #error}
 * or {@link #print} allocates nothing: the compiler turns each piece into one of the
 * {@code append} calls below, in order. {@code Address}, {@code PhysAddress} and {@code Mmio}
 * pieces are written in hexadecimal.
 */
public final class Log {
    private static int least;
    private static boolean muted;

    private Log() {}

    /**
     * From now on leaves out the lines of lesser levels than {@code level}; one of debug, info,
     * warn and error. Lines of any other level, such as a panic's, are always written.
     */
    public static void least(String level) {
        least = rank(level);
    }

    private static int rank(String level) {
        return switch (level) {
            case "debug" -> 0;
            case "info" -> 1;
            case "warn" -> 2;
            case "error" -> 3;
            default -> 4;
        };
    }

    /** Writes a line about the normal course of things. */
    public static void info(String message) {
        begin("info");
        append(message);
        end();
    }

    /** Writes a line about something that needs attention. */
    public static void warn(String message) {
        begin("warn");
        append(message);
        end();
    }

    /** Writes a line about something that failed. */
    public static void error(String message) {
        begin("error");
        append(message);
        end();
    }

    /** Writes text as it is, with neither level nor line end. */
    public static void print(String text) {
        append(text);
    }

    /** Starts a line of {@code level}; what is appended until its end may be left out. */
    public static void begin(String level) {
        // No level is below the first.
        muted = least > 0 && rank(level) < least;
        append("[k23 ");
        append(level);
        append("] ");
    }

    /** Ends a line. */
    public static void end() {
        put('\n');
        muted = false;
    }

    private static void put(int character) {
        if (!muted) {
            Console.write(character);
        }
    }

    /** Appends bytes as they are. */
    public static void append(Span text) {
        if (!muted) {
            Console.write(text);
        }
    }

    /** Appends text; characters above U+007F appear as '?'. */
    public static void append(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            put(c < 0x80 ? c : '?');
        }
    }

    /** Appends a decimal number. */
    public static void append(long number) {
        if (number < 0) {
            put('-');
        }
        appendUnsigned(number < 0 ? -number : number);
    }

    /** Appends a decimal number. */
    public static void append(int number) {
        append((long) number);
    }

    /** Appends one character. */
    public static void append(char character) {
        put(character < 0x80 ? character : '?');
    }

    /** Appends {@code true} or {@code false}. */
    public static void append(boolean value) {
        append(value ? "true" : "false");
    }

    /** Appends an unsigned decimal number. */
    public static void appendUnsigned(long number) {
        long divisor = 1;
        while (Long.compareUnsigned(Long.divideUnsigned(number, divisor), 10) >= 0) {
            divisor *= 10;
        }
        for (; divisor != 0; divisor = Long.divideUnsigned(divisor, 10)) {
            put('0' + (int) Long.remainderUnsigned(
                    Long.divideUnsigned(number, divisor), 10));
        }
    }

    /** Appends {@code 0x} and the hexadecimal digits of {@code number}, without leading zeros. */
    public static void appendHex(long number) {
        append("0x");
        int shift = 60;
        while (shift > 0 && number >>> shift == 0) {
            shift -= 4;
        }
        for (; shift >= 0; shift -= 4) {
            int digit = (int) (number >>> shift) & 15;
            put(digit < 10 ? '0' + digit : 'a' - 10 + digit);
        }
    }
}
