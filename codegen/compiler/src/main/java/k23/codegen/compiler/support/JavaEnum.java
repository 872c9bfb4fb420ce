package k23.codegen.compiler.support;

/** Methods of {@link Enum}, where a call may mean a constant's own or these. */
public final class JavaEnum {
    private JavaEnum() {}

    /** {@link Enum#toString}. */
    public static String toString(Enum<?> self) {
        return self.name();
    }

    /** {@link Enum#equals}. */
    public static boolean equals(Enum<?> self, Object other) {
        return self == other;
    }

    /** {@link Comparable#compareTo}. */
    public static int compareTo(Enum<?> self, Object other) {
        return self.ordinal() - ((Enum<?>) other).ordinal();
    }
}
