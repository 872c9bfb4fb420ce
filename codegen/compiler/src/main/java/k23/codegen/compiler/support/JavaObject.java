package k23.codegen.compiler.support;

/** Methods of {@link Object} that classes have which do not override them. */
public final class JavaObject {
    private JavaObject() {}

    /** {@link Object#equals}. */
    public static boolean equals(Object self, Object other) {
        return self == other;
    }
}
