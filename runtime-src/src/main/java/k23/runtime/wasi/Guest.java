package k23.runtime.wasi;

import k23.sdk.word.Span;

/**
 * A program's linear memory as calls see it. Every pointer is an offset that the program chose:
 * {@link #holds} comes before each access.
 */
final class Guest {
    private Span memory = Span.EMPTY;

    /** The memory as it is now; it grows between calls. */
    void memory(Span value) {
        memory = value;
    }

    /** A 32-bit argument as an offset or a size. */
    static long unsigned(long word) {
        return word & 0xffff_ffffL;
    }

    /** Whether {@code bytes} bytes from {@code offset} lie inside the memory. */
    boolean holds(long offset, long bytes) {
        return memory.contains(offset, bytes);
    }

    /** A part of the memory that {@link #holds} has seen. */
    Span span(long offset, long bytes) {
        return memory.slice(offset, bytes);
    }

    int getInt(long offset) {
        return memory.getInt(offset);
    }

    long getLong(long offset) {
        return memory.getLong(offset);
    }

    int getByte(long offset) {
        return memory.getUnsignedByte(offset);
    }

    /** Stores {@code bytes} low bytes of a value, little endian, at any alignment. */
    void put(long offset, long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            memory.putByte(offset + i, (byte) (value >>> 8 * i));
        }
    }

    void putInt(long offset, long value) {
        put(offset, value, 4);
    }

    void putLong(long offset, long value) {
        put(offset, value, 8);
    }
}
