package k23.sdk.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import k23.sdk.boot.PerHart;
import k23.sdk.sim.Machine;
import k23.sdk.word.Address;
import k23.sdk.word.Span;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegionTest {
    @BeforeEach
    void giveHartItsBlock() {
        Machine machine = Machine.reset();
        machine.threadPointer(machine.allocate(64).start().value());
    }

    @Test
    void objectsFollowOneAnotherAlignedAndEndWithTheRegion() {
        Span memory = Machine.current().allocate(100);
        try (Region.Scope _ = Region.enter(memory)) {
            Address first = Region.allocate(1);
            assertEquals(memory.start(), first);
            assertEquals(first.plus(16), Region.allocate(24));
            assertEquals(100 - 48, Region.remaining());
            assertThrows(OutOfMemoryError.class, () -> Region.allocate(64));
            assertThrows(OutOfMemoryError.class, () -> Region.allocate(-1));
            assertThrows(OutOfMemoryError.class, () -> Region.allocate(Long.MAX_VALUE));
            assertEquals(first.plus(48), Region.allocate(48));
        }
        assertEquals(0, PerHart.current().regionNext());
    }

    @Test
    void scopesNest() {
        Span outer = Machine.current().allocate(64);
        Span inner = Machine.current().allocate(64);
        try (Region.Scope _ = Region.enter(outer)) {
            Region.allocate(16);
            try (Region.Scope _ = Region.enter(inner)) {
                assertEquals(inner.start(), Region.allocate(16));
            }
            assertEquals(outer.start().plus(16), Region.allocate(16));
        }
    }

    @Test
    void withoutARegionAllocationPanics() {
        assertThrows(OutOfMemoryError.class, () -> Region.allocate(8));
    }
}
