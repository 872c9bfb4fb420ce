package k23.runtime.program;

import k23.sdk.word.Span;

/**
 * The programs and files of an image: a walk over the bundle's entries, see
 * {@code docs/FORMATS.md}, "The bundle".
 *
 * {@snippet :
 * for (Bundle entry = Bundle.of(bytes); entry.isThere(); entry = entry.next()) {
 *     // entry.kind(), entry.name(), entry.data()
 * }
 * }
 *
 * @param rest what begins with this entry
 */
public record Bundle(Span rest) {
    /** A program: its name, its ELF file. */
    public static final int PROGRAM = 1;
    /** A file: its absolute path, its contents. */
    public static final int FILE = 2;
    /** An argument of the program before it. */
    public static final int ARGUMENT = 3;
    /** A variable of the environment of the program before it. */
    public static final int ENVIRONMENT = 4;
    /** A preopened directory of the program before it: its name. */
    public static final int PREOPEN = 5;
    /** An option of the whole image: its name and value. */
    public static final int OPTION = 6;
    private static final int HEADER_BYTES = 16;
    private static final int ALIGNMENT = 8;

    /** The first entry of a bundle. */
    public static Bundle of(Span bytes) {
        return new Bundle(bytes);
    }

    /** Whether there is an entry here, complete and of a known kind; the end has none. */
    public boolean isThere() {
        if (rest.length() < HEADER_BYTES || kind() < PROGRAM || kind() > OPTION) {
            return false;
        }
        return rest.contains(HEADER_BYTES, nameBytes()) && rest.contains(dataOffset(), dataBytes());
    }

    /** Whether the bundle ends here, as it should. */
    public boolean isEnd() {
        return rest.length() == 0;
    }

    /** What the entry is. */
    public int kind() {
        return rest.getInt(0);
    }

    /** The entry's name. */
    public Span name() {
        return rest.slice(HEADER_BYTES, nameBytes());
    }

    /** The entry's data. */
    public Span data() {
        return rest.slice(dataOffset(), dataBytes());
    }

    /** The next entry. */
    public Bundle next() {
        long end = padded(dataOffset() + dataBytes());
        return new Bundle(end >= rest.length() ? Span.EMPTY : rest.from(end));
    }

    private long nameBytes() {
        return Integer.toUnsignedLong(rest.getInt(4));
    }

    private long dataBytes() {
        return rest.getLong(8);
    }

    private long dataOffset() {
        return padded(HEADER_BYTES + nameBytes());
    }

    private static long padded(long bytes) {
        return bytes + ALIGNMENT - 1 & -ALIGNMENT;
    }
}
