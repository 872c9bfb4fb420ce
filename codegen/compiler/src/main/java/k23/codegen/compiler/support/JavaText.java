package k23.codegen.compiler.support;

/**
 * The texts of values, as concatenations and {@code toString} make them: how long each is, and its
 * characters, put behind one another.
 */
public final class JavaText {
    private JavaText() {}

    /** The string of exactly these characters; the array is used up. */
    public static String seal(char[] characters) {
        return new String(characters);
    }

    /** {@code text}, or "null" where there is none. */
    public static String orNull(String text) {
        return text == null ? "null" : text;
    }

    /** The length of {@code value}'s text. */
    public static int length(boolean value) {
        return value ? 4 : 5;
    }

    /** The length of {@code value}'s text. */
    public static int length(char value) {
        return 1;
    }

    /** The length of {@code value}'s text: decimal digits, and the sign of a negative number. */
    public static int length(long value) {
        int length = value < 0 ? 2 : 1;
        long rest = value / 10;
        while (rest != 0) {
            length++;
            rest /= 10;
        }
        return length;
    }

    /** The length of {@code value}'s text. */
    public static int length(String value) {
        return value == null ? 4 : value.length();
    }

    /** The length of {@code value} in hexadecimal, without leading zeros. */
    static int hexLength(long value) {
        return Math.max(1, (67 - Long.numberOfLeadingZeros(value)) / 4);
    }

    /** The length of {@code value} as an address: {@code 0x} and hexadecimal digits. */
    public static int addressLength(long value) {
        return 2 + hexLength(value);
    }

    /** Puts {@code value} as an address at {@code at}; returns the index behind it. */
    public static int putAddress(char[] into, int at, long value) {
        return putHex(into, put(into, at, "0x"), value);
    }

    /** Puts {@code value}'s text at {@code at}; returns the index behind it. */
    public static int put(char[] into, int at, boolean value) {
        return put(into, at, value ? "true" : "false");
    }

    /** Puts {@code value} at {@code at}; returns the index behind it. */
    public static int put(char[] into, int at, char value) {
        into[at] = value;
        return at + 1;
    }

    /** Puts {@code value}'s text at {@code at}; returns the index behind it. */
    public static int put(char[] into, int at, long value) {
        int end = at + length(value);
        int place = end;
        long rest = value;
        do {
            long digit = rest % 10;
            into[--place] = (char) ('0' + (digit < 0 ? -digit : digit));
            rest /= 10;
        } while (rest != 0);
        if (value < 0) {
            into[--place] = '-';
        }
        return end;
    }

    /** Puts {@code value}'s text at {@code at}; returns the index behind it. */
    public static int put(char[] into, int at, String value) {
        String text = value == null ? "null" : value;
        for (int i = 0; i < text.length(); i++) {
            into[at + i] = text.charAt(i);
        }
        return at + text.length();
    }

    /** Puts {@code value} in hexadecimal at {@code at}; returns the index behind it. */
    static int putHex(char[] into, int at, long value) {
        int end = at + hexLength(value);
        long rest = value;
        for (int place = end - 1; place >= at; place--) {
            int digit = (int) rest & 15;
            into[place] = (char) (digit < 10 ? '0' + digit : 'a' - 10 + digit);
            rest >>>= 4;
        }
        return end;
    }

    /** The text of a decimal number. */
    static String decimal(long value) {
        char[] characters = new char[length(value)];
        put(characters, 0, value);
        return seal(characters);
    }

    /** The text of {@code value} in hexadecimal. */
    static String hex(long value) {
        char[] characters = new char[hexLength(value)];
        putHex(characters, 0, value);
        return seal(characters);
    }
}
