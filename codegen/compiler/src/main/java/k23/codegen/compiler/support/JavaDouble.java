package k23.codegen.compiler.support;

/** Methods of {@link Double}, and its numbers in texts. */
public final class JavaDouble {
    private JavaDouble() {}

    /** {@link Double#toString(double)}. */
    public static String toString(double value) {
        return JavaDecimal.of(value).text();
    }

    /** The length of {@code value}'s text. */
    public static int length(double value) {
        return JavaDecimal.of(value).length();
    }

    /** Puts {@code value}'s text at {@code at}; returns the index behind it. */
    public static int put(char[] into, int at, double value) {
        return JavaDecimal.of(value).put(into, at);
    }

    /** Appends {@code value}'s text to the log. */
    public static void append(double value) {
        JavaDecimal.of(value).append();
    }
}
