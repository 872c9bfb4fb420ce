package k23.sdk.memory;

import k23.sdk.boot.PerHart;
import k23.sdk.word.Address;
import k23.sdk.word.Span;

/**
 * Regions: where objects live. {@code new} takes memory from the hart's <em>ambient</em> region, a
 * range of memory that is freed as a whole; there is no collector.
 *
 * {@snippet :
 * try (Region.Scope scope = Region.enter(memory)) {
 *     var module = ModuleParser.parse(bytes);   // lives until the end of the scope's memory
 * }
 * }
 */
public final class Region {
    private Region() {}

    /**
     * The ambient region that was in force before {@link #enter}; closing it brings that back.
     *
     * @param next the outer region's next free byte
     * @param end  the outer region's end
     */
    public record Scope(long next, long end) implements AutoCloseable {
        @Override
        public void close() {
            PerHart hart = PerHart.current();
            hart.regionNext(next);
            hart.regionEnd(end);
        }
    }

    /** Makes {@code memory}, which must be zero, the ambient region of this hart. */
    public static Scope enter(Span memory) {
        PerHart hart = PerHart.current();
        Scope outer = new Scope(hart.regionNext(), hart.regionEnd());
        hart.regionNext(memory.start().alignUp(16).value());
        hart.regionEnd(memory.end().value());
        return outer;
    }

    /** How many bytes the ambient region still has. */
    public static long remaining() {
        PerHart hart = PerHart.current();
        return hart.regionEnd() - hart.regionNext();
    }

    /**
     * Memory for one object: {@code bytes} zero bytes at a multiple of 16. Compiled {@code new}
     * expressions call this; on the JVM nothing does. Panics when the region is full.
     */
    public static Address allocate(long bytes) {
        PerHart hart = PerHart.current();
        long start = hart.regionNext();
        long next = (start + bytes + 15) & -16L;
        if (bytes < 0 || Long.compareUnsigned(next, hart.regionEnd()) > 0
                || Long.compareUnsigned(next, start) < 0) {
            throw new OutOfMemoryError("region is full");
        }
        hart.regionNext(next);
        return new Address(start);
    }
}
