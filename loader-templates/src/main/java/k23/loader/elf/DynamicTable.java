package k23.loader.elf;

import k23.sdk.word.Span;

/**
 * What the dynamic section of an image asks for: to move words that hold addresses, as tables of
 * {@code R_RISCV_RELATIVE} (DT_RELA) and of bits (DT_RELR; gABI, "Relocation", SHT_RELR).
 *
 * @param image   the image's bytes, which the tables are part of
 * @param start   the address that the image was linked at
 * @param section the dynamic section
 */
record DynamicTable(Span image, long start, Span section) {
    private static final int DT_NULL = 0;
    private static final int DT_RELA = 7;
    private static final int DT_RELASZ = 8;
    private static final int DT_RELAENT = 9;
    private static final int DT_RELRSZ = 35;
    private static final int DT_RELR = 36;
    private static final int DT_RELRENT = 37;
    private static final int RELA_BYTES = 24;
    private static final int R_RISCV_RELATIVE = 3;
    private static final int WORD_BYTES = 8;
    /** The words that an entry of bits stands for. */
    private static final int BITS = 63;

    /** Moves all words for an image that is seen at {@code virtual}; whether that is possible. */
    boolean relocate(long virtual) {
        long relaBytes = value(DT_RELASZ);
        long relrBytes = value(DT_RELRSZ);
        return (relaBytes == 0 || value(DT_RELAENT) == RELA_BYTES && relaBytes % RELA_BYTES == 0
                        && image.contains(value(DT_RELA) - start, relaBytes)
                        && applyAll(image.slice(value(DT_RELA) - start, relaBytes), virtual))
                && (relrBytes == 0 || value(DT_RELRENT) == WORD_BYTES
                        && relrBytes % WORD_BYTES == 0
                        && image.contains(value(DT_RELR) - start, relrBytes)
                        && moveAll(image.slice(value(DT_RELR) - start, relrBytes), virtual));
    }

    private long value(long tag) {
        for (long i = 0; section.contains(i, 16) && section.getLong(i) != DT_NULL; i += 16) {
            if (section.getLong(i) == tag) {
                return section.getLong(i + 8);
            }
        }
        return 0;
    }

    private boolean applyAll(Span entries, long virtual) {
        for (long i = 0; i < entries.length(); i += RELA_BYTES) {
            if (entries.getLong(i + 8) != R_RISCV_RELATIVE
                    || !put(entries.getLong(i) - start, entries.getLong(i + 16) - start, virtual)) {
                return false;
            }
        }
        return true;
    }

    private boolean moveAll(Span entries, long virtual) {
        long next = 0;
        for (long i = 0; i < entries.length(); i += WORD_BYTES) {
            long entry = entries.getLong(i);
            if ((entry & 1) == 0) {
                next = entry - start;
                if (!move(next, virtual)) {
                    return false;
                }
                next += WORD_BYTES;
            } else {
                long place = next;
                for (long bits = entry >>> 1; bits != 0; bits >>>= 1) {
                    if ((bits & 1) != 0 && !move(place, virtual)) {
                        return false;
                    }
                    place += WORD_BYTES;
                }
                next += BITS * WORD_BYTES;
            }
        }
        return true;
    }

    private boolean move(long where, long virtual) {
        return image.contains(where, WORD_BYTES)
                && put(where, image.getLong(where) - start, virtual);
    }

    private boolean put(long where, long target, long virtual) {
        if ((where & 7) != 0 || !image.contains(where, WORD_BYTES) || !image.contains(target, 0)) {
            return false;
        }
        image.start().putLong(where, virtual + target);
        return true;
    }
}
