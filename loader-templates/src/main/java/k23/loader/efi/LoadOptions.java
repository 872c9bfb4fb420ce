package k23.loader.efi;

import k23.sdk.word.Address;
import k23.sdk.word.Span;

/**
 * A loaded image's options, which are a text in UTF-16 only by custom: a boot manager may keep
 * numbers of its own there.
 *
 * @param text the options
 */
record LoadOptions(Span text) {
    private static final int UNIT_BYTES = 2;
    private static final int SURROGATES = 0xd800;
    private static final int LOW_SURROGATES = 0xdc00;
    private static final int BEHIND_SURROGATES = 0xe000;

    /** Code points that are no text. */
    private static final int NONE = -1;

    static LoadOptions of(LoadedImage image) {
        Address start = image.options();
        long bytes = image.optionsBytes() & 0xffff_ffffL;
        return new LoadOptions(start.isNull() ? Span.EMPTY
                : new Span(start, bytes & -UNIT_BYTES));
    }

    /** The text's units up to the end or a zero. */
    private long units() {
        long count = 0;
        while (count < text.length() / UNIT_BYTES && unit(count) != 0) {
            count++;
        }
        return count;
    }

    private int unit(long index) {
        return text.contains(UNIT_BYTES * index, UNIT_BYTES)
                ? text.getUnsignedShort(UNIT_BYTES * index) : 0;
    }

    /** The code point at {@code index}, or {@link #NONE}: half a pair, a control character. */
    private int codePoint(long index) {
        int first = unit(index);
        if (first < SURROGATES || first >= BEHIND_SURROGATES) {
            return first >= ' ' || first == '\t' ? first : NONE;
        }
        int second = unit(index + 1);
        if (first >= LOW_SURROGATES || second < LOW_SURROGATES || second >= BEHIND_SURROGATES) {
            return NONE;
        }
        return 0x10000 + (first - SURROGATES << 10) + second - LOW_SURROGATES;
    }

    /**
     * Writes the text to the start of {@code target} in UTF-8.
     *
     * @return its size in bytes; -1 if it is no text, or does not fit
     */
    long writeUtf8(Span target) {
        long units = units();
        long at = 0;
        for (long i = 0; i < units; i++) {
            int c = codePoint(i);
            int bytes = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (c == NONE || !target.contains(at, bytes)) {
                return -1;
            }
            i += c >= 0x10000 ? 1 : 0;
            int shift = 6 * (bytes - 1);
            int mark = bytes == 1 ? 0 : 0xf00 >> bytes & 0xff;
            target.putByte(at++, (byte) (mark | c >> shift));
            while (shift > 0) {
                shift -= 6;
                target.putByte(at++, (byte) (0x80 | c >> shift & 0x3f));
            }
        }
        return at;
    }
}
