package k23.codegen.compiler.support;

import k23.sdk.Log;

/** Methods of {@link Double}, and its numbers in texts. */
public final class JavaDouble {
    private JavaDouble() {}

    /** {@link Double#toString(double)}. */
    public static String toString(double value) {
        char[] characters = new char[length(value)];
        put(characters, 0, value);
        return JavaText.seal(characters);
    }

    /** The text of what is not finite, or null. */
    private static String name(double value) {
        if (value != value) {
            return "NaN";
        }
        return value == Double.POSITIVE_INFINITY ? "Infinity"
                : value == Double.NEGATIVE_INFINITY ? "-Infinity" : null;
    }

    /** The length of {@code value}'s text. */
    public static int length(double value) {
        String name = name(value);
        return name != null ? name.length() : JavaDecimal.of(value).length();
    }

    /** Puts {@code value}'s text at {@code at}; returns the index behind it. */
    public static int put(char[] into, int at, double value) {
        String name = name(value);
        if (name != null) {
            return JavaText.put(into, at, name);
        }
        JavaDecimal decimal = JavaDecimal.of(value);
        decimal.write(into, at);
        return at + decimal.length();
    }

    /** Appends {@code value}'s text to the log. */
    public static void append(double value) {
        String name = name(value);
        if (name != null) {
            Log.append(name);
        } else {
            JavaDecimal.of(value).write(null, 0);
        }
    }
}
