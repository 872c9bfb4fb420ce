package k23.runtime.wasi;

import k23.sdk.word.Span;

/** An open file, directory or stream. */
final class Descriptor {
    /** Standard input. */
    static final int INPUT = 1;
    /** Standard output. */
    static final int OUTPUT = 2;
    /** Standard error. */
    static final int ERROR = 3;
    /** A file of the image. */
    static final int FILE = 4;
    /** A directory of the image. */
    static final int DIRECTORY = 5;

    /** Rights: {@code fd_read}. */
    static final long READ = 1L << 1;
    /** Rights: {@code fd_write}. */
    static final long WRITE = 1L << 6;
    /** Rights: every right of WASI preview 1. */
    static final long ALL = (1L << 30) - 1;
    private static final long SEEK_AND_TELL = 1L << 2 | 1L << 5;
    private static final long SET_FLAGS = 1L << 3;
    private static final long ADVISE = 1L << 7;
    private static final long FILESTAT_GET = 1L << 21;
    private static final long POLL = 1L << 27;

    private final int kind;
    private final Node node;
    private final Span preopen;
    private long offset;
    private int flags;
    private long rights;
    private long inheriting;

    /**
     * Opens something.
     *
     * @param kind    what it is, one of the constants
     * @param node    the file or directory, or null
     * @param preopen the guest's name of a preopened directory, else empty
     */
    Descriptor(int kind, Node node, Span preopen) {
        this.kind = kind;
        this.node = node;
        this.preopen = preopen;
        rights = switch (kind) {
            case INPUT -> READ | SET_FLAGS | FILESTAT_GET | POLL;
            case OUTPUT, ERROR -> WRITE | SET_FLAGS | FILESTAT_GET | POLL;
            case FILE -> READ | SEEK_AND_TELL | SET_FLAGS | ADVISE | FILESTAT_GET | POLL;
            default -> ALL & ~SEEK_AND_TELL;
        };
        // What a directory lets its files have; that they cannot be written is their affair.
        inheriting = kind == DIRECTORY ? ALL : 0;
    }

    int kind() {
        return kind;
    }

    Node node() {
        return node;
    }

    boolean isPreopen() {
        return preopen.length() > 0;
    }

    Span preopen() {
        return preopen;
    }

    /** Where a file is read next, in bytes. */
    long offset() {
        return offset;
    }

    void offset(long value) {
        offset = value;
    }

    /** The {@code fdflags}. */
    int flags() {
        return flags;
    }

    void flags(int value) {
        flags = value;
    }

    long rights() {
        return rights;
    }

    long inheriting() {
        return inheriting;
    }

    /** Gives rights away; false, with no change, when one is not there. */
    boolean restrict(long base, long inherit) {
        if ((base & ~rights) != 0 || (inherit & ~inheriting) != 0) {
            return false;
        }
        rights = base;
        inheriting = inherit;
        return true;
    }

    /** The {@code filetype}: 0 unknown, as for a pipe, 2 character device, 3, 4. */
    int fileType() {
        return switch (kind) {
            case FILE -> 4;
            case DIRECTORY -> 3;
            case ERROR -> 2;
            default -> 0;
        };
    }
}
