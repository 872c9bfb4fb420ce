package k23.codegen.compiler.support;

/** Methods of {@link Long}. */
public final class JavaLong {
    private JavaLong() {}

    /** {@link Long#toString(long)}. */
    public static String toString(long value) {
        return JavaText.decimal(value);
    }

    /** {@link Long#toHexString}. */
    public static String toHexString(long value) {
        return JavaText.hex(value);
    }
}
