package k23.runtime.wasi;

import k23.sdk.word.Span;

/** The descriptors of a program by their numbers. */
final class Descriptors {
    /** How many a program may have open at once. */
    static final int LIMIT = 128;
    private final Descriptor[] open = new Descriptor[LIMIT];

    /** Opens the three standard streams as 0, 1 and 2. */
    Descriptors() {
        open[0] = new Descriptor(Descriptor.INPUT, null, Span.EMPTY);
        open[1] = new Descriptor(Descriptor.OUTPUT, null, Span.EMPTY);
        open[2] = new Descriptor(Descriptor.ERROR, null, Span.EMPTY);
    }

    /** The descriptor with this number, or null. */
    Descriptor get(long number) {
        long index = Guest.unsigned(number);
        return index < LIMIT ? open[(int) index] : null;
    }

    /** Gives a descriptor the lowest free number: that, or -1. */
    int add(Descriptor descriptor) {
        for (int i = 0; i < LIMIT; i++) {
            if (open[i] == null) {
                open[i] = descriptor;
                return i;
            }
        }
        return -1;
    }

    /** {@code fd_close}. */
    int close(long number) {
        if (get(number) == null) {
            return Errno.BADF;
        }
        open[(int) number] = null;
        return Errno.SUCCESS;
    }

    /** {@code fd_renumber}: both must be open. */
    int renumber(long from, long to) {
        Descriptor moved = get(from);
        if (moved == null || get(to) == null) {
            return Errno.BADF;
        }
        open[(int) from] = null;
        open[(int) to] = moved;
        return Errno.SUCCESS;
    }
}
