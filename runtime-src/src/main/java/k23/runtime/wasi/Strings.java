package k23.runtime.wasi;

import k23.sdk.word.Span;

/** A list of strings that a program gets: its arguments or its environment. */
public final class Strings {
    private final Span[] items;
    private int count;

    /** Makes an empty list for up to {@code capacity} strings. */
    public Strings(int capacity) {
        items = new Span[capacity];
    }

    /** Adds a string, without a zero byte at its end. */
    public void add(Span text) {
        items[count] = text;
        count++;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** The string with this index. */
    public Span get(int index) {
        return items[index];
    }

    /** The bytes of all strings, each with a zero byte. */
    long bytes() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += items[i].length() + 1;
        }
        return sum;
    }

    /** {@code args_sizes_get} and {@code environ_sizes_get}. */
    int sizes(Guest guest, long countAt, long bytesAt) {
        if (!guest.holds(countAt, 4) || !guest.holds(bytesAt, 4)) {
            return Errno.FAULT;
        }
        guest.putInt(countAt, count);
        guest.putInt(bytesAt, bytes());
        return Errno.SUCCESS;
    }

    /** {@code args_get} and {@code environ_get}. */
    int get(Guest guest, long pointersAt, long bytesAt) {
        if (!guest.holds(pointersAt, count * 4L) || !guest.holds(bytesAt, bytes())) {
            return Errno.FAULT;
        }
        long at = bytesAt;
        for (int i = 0; i < count; i++) {
            Span text = items[i];
            guest.putInt(pointersAt + i * 4L, at);
            guest.span(at, text.length()).put(0, text);
            guest.put(at + text.length(), 0, 1);
            at += text.length() + 1;
        }
        return Errno.SUCCESS;
    }
}
