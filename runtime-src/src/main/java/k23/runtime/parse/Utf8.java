package k23.runtime.parse;

/** The encoding of names (Core 2.0, section 5.2.4; Unicode 3.9, table 3-7). */
public final class Utf8 {
    private Utf8() {}

    /** Whether bytes {@code [start, end)} are well-formed UTF-8. */
    public static boolean isValid(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end) {
            int b = bytes[at++];
            if (b < 0) {
                int more = continuations(b & 0xff);
                if (more == 0 || end - at < more || !isSecond(b & 0xff, bytes[at] & 0xff)) {
                    return false;
                }
                for (int i = 1; i < more; i++) {
                    if ((bytes[at + i] & 0xc0) != 0x80) {
                        return false;
                    }
                }
                at += more;
            }
        }
        return true;
    }

    /** How many bytes follow this first one of 0x80 or more; 0 when it cannot be one. */
    private static int continuations(int first) {
        if (first < 0xc2 || first > 0xf4) {
            return 0;
        }
        return first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    }

    /** Whether the second byte fits: no long forms, no surrogates, nothing above U+10FFFF. */
    private static boolean isSecond(int first, int second) {
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        return second >= least && second <= most;
    }
}
