package k23.runtime.module;

/**
 * A name: a range of the binary, UTF-8.
 *
 * @param position index of its first byte in {@link Module#bytes}
 * @param length   its length in bytes; 0 also when there is no name
 */
public record Name(int position, int length) {
    /** No name. */
    public static final Name NONE = new Name(0, 0);

    /** Whether the name in these bytes is this text, which must be ASCII. */
    public boolean is(byte[] bytes, String ascii) {
        if (ascii.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[position + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Order of names in the same bytes: negative, 0 or positive; shorter ones first. */
    public int compare(byte[] bytes, Name other) {
        if (length != other.length) {
            return length - other.length;
        }
        for (int i = 0; i < length; i++) {
            int difference = bytes[position + i] - bytes[other.position + i];
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }
}
