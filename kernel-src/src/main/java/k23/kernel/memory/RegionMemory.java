package k23.kernel.memory;

import k23.sdk.memory.Region;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/**
 * Memory of the kernel in which objects live together and are freed together.
 *
 * {@snippet :
 * RegionMemory memory = RegionMemory.allocate(1 << 20);
 * try (Region.Scope scope = memory.enter()) {
 *     serve(new Program());
 * }
 * memory.free();
 * }
 *
 * @param memory the bytes, zeroed; empty when memory was out
 */
public record RegionMemory(Span memory) {
    /** Takes at least {@code bytes} bytes, rounded up to a power of two of frames. */
    public static RegionMemory allocate(long bytes) {
        int order = Frames.orderOf(bytes);
        PhysAddress block = Frames.allocateZeroed(order);
        return new RegionMemory(Frames.isNone(block) ? Span.EMPTY
                : new Span(PhysicalMap.at(block), Frames.BYTES << order));
    }

    /** Whether there was no memory. */
    public boolean isEmpty() {
        return memory.length() == 0;
    }

    /** Makes it the ambient region until the scope is closed. */
    public Region.Scope enter() {
        return Region.enter(memory);
    }

    /** Gives the memory back: every object in it is gone. */
    public void free() {
        Frames.free(PhysicalMap.of(memory.start()), Frames.orderOf(memory.length()));
    }
}
