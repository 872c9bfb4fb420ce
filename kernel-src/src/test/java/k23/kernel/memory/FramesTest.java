package k23.kernel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import k23.kernel.SimulatedBoot;
import k23.sdk.word.PhysAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FramesTest {
    private static final int SEED = 23;

    private record Block(long start, int order) {}

    @BeforeEach
    void start() {
        SimulatedBoot.start();
    }

    @Test
    void ordersHoldTheirBytes() {
        assertEquals(0, Frames.orderOf(0));
        assertEquals(0, Frames.orderOf(4096));
        assertEquals(1, Frames.orderOf(4097));
        assertEquals(4, Frames.orderOf(16 * 4096));
        assertEquals(5, Frames.orderOf(16 * 4096 + 1));
    }

    @Test
    void randomUseNeverOverlapsAndEndsWhereItBegan() {
        var random = new Random(SEED);
        long free = Frames.free();
        var blocks = new ArrayList<Block>();
        var used = new TreeMap<Long, Long>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(3) > 0) {
                take(random.nextInt(8), blocks, used);
            } else if (!blocks.isEmpty()) {
                Block block = blocks.remove(random.nextInt(blocks.size()));
                used.remove(block.start);
                Frames.free(new PhysAddress(block.start), block.order);
            }
        }
        blocks.forEach(b -> Frames.free(new PhysAddress(b.start), b.order));
        assertEquals(free, Frames.free());
        // Everything merged again: the largest block that fits can be had.
        assertFalse(Frames.isNone(Frames.allocate(11)));
    }

    private static void take(int order, List<Block> blocks, TreeMap<Long, Long> used) {
        PhysAddress block = Frames.allocate(order);
        if (Frames.isNone(block)) {
            return;
        }
        long start = block.value();
        long end = start + (Frames.BYTES << order);
        assertEquals(0, start % (Frames.BYTES << order));
        assertTrue(start >= SimulatedBoot.MEMORY
                && end <= SimulatedBoot.MEMORY + SimulatedBoot.BYTES);
        assertTrue(end <= SimulatedBoot.ROOT || start > SimulatedBoot.ROOT);
        var before = used.lowerEntry(end);
        assertTrue(before == null || before.getValue() <= start, "blocks overlap");
        used.put(start, end);
        blocks.add(new Block(start, order));
    }

    @Test
    void wrongFreesAreRefused() {
        PhysAddress block = Frames.allocate(2);
        assertThrows(IllegalArgumentException.class, () -> Frames.free(block, 1));
        assertThrows(IllegalArgumentException.class, () -> Frames.free(block.plus(4096), 0));
        assertThrows(IllegalArgumentException.class, () -> Frames.free(new PhysAddress(0), 0));
        Frames.free(block, 2);
        assertThrows(IllegalArgumentException.class, () -> Frames.free(block, 2));
    }

    @Test
    void exhaustionGivesNone() {
        while (!Frames.isNone(Frames.allocate(0))) {
            assertTrue(Frames.free() >= 0);
        }
        assertEquals(0, Frames.free());
        assertTrue(Frames.isNone(Frames.allocateZeroed(0)));
        assertTrue(Frames.isNone(Frames.allocate(Frames.MAX_ORDER + 1)));
    }

    @Test
    void promisedFramesAreNobodyElses() {
        long free = Frames.free();
        assertFalse(Frames.promise(free + 1));
        assertTrue(Frames.promise(free - 1));
        assertTrue(Frames.isNone(Frames.allocate(1)));
        assertFalse(Frames.isNone(Frames.allocate(0)));
        assertTrue(Frames.isNone(Frames.allocate(0)));
        Frames.release(free - 1);
        assertFalse(Frames.isNone(Frames.allocate(0)));
    }

    @Test
    void zeroedBlocksAreZero() {
        PhysAddress block = Frames.allocate(0);
        PhysicalMap.at(block).putLong(4088, -1);
        Frames.free(block, 0);
        PhysAddress again = Frames.allocateZeroed(0);
        assertEquals(block, again);
        for (int i = 0; i < 4096; i += 8) {
            assertEquals(0, PhysicalMap.at(again).getLong(i));
        }
    }
}
