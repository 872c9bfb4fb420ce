package k23.codegen.compiler.support;

/** Methods of {@link Float}, and its numbers in texts. */
public final class JavaFloat {
    private JavaFloat() {}

    /** {@link Float#toString(float)}. */
    public static String toString(float value) {
        return JavaDecimal.of(value).text();
    }

    /** The length of {@code value}'s text. */
    public static int length(float value) {
        return JavaDecimal.of(value).length();
    }

    /** Puts {@code value}'s text at {@code at}; returns the index behind it. */
    public static int put(char[] into, int at, float value) {
        return JavaDecimal.of(value).put(into, at);
    }

    /** Appends {@code value}'s text to the log. */
    public static void append(float value) {
        JavaDecimal.of(value).append();
    }
}
