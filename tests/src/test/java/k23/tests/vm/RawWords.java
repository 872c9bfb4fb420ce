package k23.tests.vm;

import k23.junit.guest.Check;
import k23.sdk.word.Address;

/** Memory, word by word. */
final class RawWords {
    private static final int BYTES = 8;

    private RawWords() {}

    static void fill(Address start, long bytes, long word) {
        for (long at = 0; at < bytes; at += BYTES) {
            start.putLong(at, word);
        }
    }

    static void check(Address start, long bytes, long word) {
        for (long at = 0; at < bytes; at += BYTES) {
            Check.equal(word, start.getLong(at));
        }
    }
}
