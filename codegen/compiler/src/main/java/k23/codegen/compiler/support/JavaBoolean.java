package k23.codegen.compiler.support;

/** Methods of {@link Boolean}. */
public final class JavaBoolean {
    private JavaBoolean() {}

    /** {@link Boolean#toString(boolean)}. */
    public static String toString(boolean value) {
        return value ? "true" : "false";
    }
}
