package k23.codegen.compiler.support;

import java.util.Objects;

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

    /** {@link String#length}. */
    public static int length(String self) {
        return self.length();
    }

    /** {@link String#charAt}. */
    public static char charAt(String self, int index) {
        return self.charAt(index);
    }

    /** {@link String#indexOf(int, int)}; only characters up to U+FFFF are found. */
    public static int indexOf(String self, int character, int from) {
        for (int i = Math.max(from, 0); i < self.length(); i++) {
            if (self.charAt(i) == character) {
                return i;
            }
        }
        return -1;
    }

    /** {@link String#lastIndexOf(int)}; only characters up to U+FFFF are found. */
    public static int lastIndexOf(String self, int character) {
        for (int i = self.length() - 1; i >= 0; i--) {
            if (self.charAt(i) == character) {
                return i;
            }
        }
        return -1;
    }

    /** {@link String#indexOf(String)}. */
    public static int indexOf(String self, String text) {
        return indexOf(self, text, 0);
    }

    /** {@link String#indexOf(String, int)}. */
    public static int indexOf(String self, String text, int from) {
        int first = Math.min(Math.max(from, 0), self.length());
        for (int i = first; i <= self.length() - text.length(); i++) {
            if (hasAt(self, i, text)) {
                return i;
            }
        }
        return -1;
    }

    /** {@link String#lastIndexOf(String)}. */
    public static int lastIndexOf(String self, String text) {
        for (int i = self.length() - text.length(); i >= 0; i--) {
            if (hasAt(self, i, text)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean hasAt(String self, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (self.charAt(at + i) != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** {@link String#startsWith(String, int)}. */
    public static boolean startsWith(String self, String prefix, int from) {
        return from >= 0 && from <= self.length() - prefix.length() && hasAt(self, from, prefix);
    }

    /** {@link String#contains} of a string. */
    public static boolean contains(String self, CharSequence text) {
        return indexOf(self, (String) text) >= 0;
    }

    /** {@link String#compareTo(String)}. */
    public static int compareTo(String self, String other) {
        int common = Math.min(self.length(), other.length());
        for (int i = 0; i < common; i++) {
            int difference = self.charAt(i) - other.charAt(i);
            if (difference != 0) {
                return difference;
            }
        }
        return self.length() - other.length();
    }

    /** {@link Comparable#compareTo}. */
    public static int compareTo(String self, Object other) {
        return compareTo(self, (String) other);
    }

    /** {@link String#substring(int)}. */
    public static String substring(String self, int from) {
        return substring(self, from, self.length());
    }

    /** {@link String#substring(int, int)}. */
    public static String substring(String self, int from, int to) {
        Objects.checkIndex(to, self.length() + 1);
        Objects.checkIndex(from, to + 1);
        if (from == 0 && to == self.length()) {
            return self;
        }
        char[] characters = new char[to - from];
        for (int i = 0; i < characters.length; i++) {
            characters[i] = self.charAt(from + i);
        }
        return JavaText.seal(characters);
    }

    /** {@link String#concat}. */
    public static String concat(String self, String other) {
        if (other.length() == 0) {
            return self;
        }
        char[] characters = new char[self.length() + other.length()];
        JavaText.put(characters, JavaText.put(characters, 0, self), other);
        return JavaText.seal(characters);
    }

    /** {@link String#repeat}. */
    public static String repeat(String self, int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count is negative");
        }
        char[] characters = new char[Math.multiplyExact(self.length(), count)];
        int at = 0;
        for (int i = 0; i < count; i++) {
            at = JavaText.put(characters, at, self);
        }
        return JavaText.seal(characters);
    }

    /** {@link String#trim}. */
    public static String trim(String self) {
        int from = 0;
        int to = self.length();
        while (from < to && self.charAt(from) <= ' ') {
            from++;
        }
        while (from < to && self.charAt(to - 1) <= ' ') {
            to--;
        }
        return substring(self, from, to);
    }

    /** {@link String#strip}, by {@link Character#isWhitespace(char)}. */
    public static String strip(String self) {
        int from = 0;
        int to = self.length();
        while (from < to && Character.isWhitespace(self.charAt(from))) {
            from++;
        }
        while (from < to && Character.isWhitespace(self.charAt(to - 1))) {
            to--;
        }
        return substring(self, from, to);
    }

    /** {@link String#toCharArray}. */
    public static char[] toCharArray(String self) {
        char[] characters = new char[self.length()];
        JavaText.put(characters, 0, self);
        return characters;
    }

    /** {@link String#valueOf(char[])}. */
    public static String valueOf(char[] characters) {
        char[] copy = new char[characters.length];
        System.arraycopy(characters, 0, copy, 0, copy.length);
        return JavaText.seal(copy);
    }

    /** {@link String#valueOf(int)}. */
    public static String valueOf(int value) {
        return JavaText.decimal(value);
    }

    /** {@link String#valueOf(long)}. */
    public static String valueOf(long value) {
        return JavaText.decimal(value);
    }

    /** {@link String#valueOf(float)}. */
    public static String valueOf(float value) {
        return JavaFloat.toString(value);
    }

    /** {@link String#valueOf(double)}. */
    public static String valueOf(double value) {
        return JavaDouble.toString(value);
    }

    /** {@link String#valueOf(char)}. */
    public static String valueOf(char value) {
        return JavaText.seal(new char[] {value});
    }

    /** {@link String#valueOf(boolean)}. */
    public static String valueOf(boolean value) {
        return value ? "true" : "false";
    }
}
