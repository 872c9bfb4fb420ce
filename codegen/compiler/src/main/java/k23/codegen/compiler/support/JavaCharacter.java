package k23.codegen.compiler.support;

/** Methods of {@link Character}. */
public final class JavaCharacter {
    private JavaCharacter() {}

    /** {@link Character#toString(char)}. */
    public static String toString(char value) {
        return JavaText.seal(new char[] {value});
    }
}
