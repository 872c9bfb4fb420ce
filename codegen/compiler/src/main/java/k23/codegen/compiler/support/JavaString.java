package k23.codegen.compiler.support;

/** Methods of {@link String}. */
public final class JavaString {
    private JavaString() {}

    /** {@link String#equals}. */
    public static boolean equals(String self, Object other) {
        if (!(other instanceof String text) || text.length() != self.length()) {
            return false;
        }
        for (int i = 0; i < self.length(); i++) {
            if (self.charAt(i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** {@link String#hashCode}. */
    public static int hashCode(String self) {
        int hash = 0;
        for (int i = 0; i < self.length(); i++) {
            hash = 31 * hash + self.charAt(i);
        }
        return hash;
    }

    /** {@link String#isEmpty}. */
    public static boolean isEmpty(String self) {
        return self.length() == 0;
    }

    /** {@link String#startsWith(String)}. */
    public static boolean startsWith(String self, String prefix) {
        if (prefix.length() > self.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (self.charAt(i) != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** {@link String#endsWith(String)}. */
    public static boolean endsWith(String self, String suffix) {
        int start = self.length() - suffix.length();
        if (start < 0) {
            return false;
        }
        for (int i = 0; i < suffix.length(); i++) {
            if (self.charAt(start + i) != suffix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** {@link String#indexOf(int)}; only characters up to U+FFFF are found. */
    public static int indexOf(String self, int character) {
        for (int i = 0; i < self.length(); i++) {
            if (self.charAt(i) == character) {
                return i;
            }
        }
        return -1;
    }

    /** {@link String#toString}. */
    public static String toString(String self) {
        return self;
    }
}
