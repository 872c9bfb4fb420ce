package k23.codegen.compiler.support;

/** Methods of {@link Integer}. */
public final class JavaInteger {
    private JavaInteger() {}

    /** {@link Integer#toString(int)}. */
    public static String toString(int value) {
        return JavaText.decimal(value);
    }

    /** {@link Integer#toHexString}. */
    public static String toHexString(int value) {
        return JavaText.hex(value & 0xffff_ffffL);
    }
}
