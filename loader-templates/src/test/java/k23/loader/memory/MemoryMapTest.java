package k23.loader.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.word.PhysAddress;
import org.junit.jupiter.api.Test;

/** The map against an array with the kind of every page. */
class MemoryMapTest {
    private static final int PAGE = 4096;
    private static final int PAGES = 200;
    private static final long ABSENT = -1;

    private final MemoryMap map = new MemoryMap();
    private final long[] model = new long[PAGES];

    MemoryMapTest() {
        Arrays.fill(model, ABSENT);
    }

    private void add(long start, long bytes) {
        map.addMemory(new PhysAddress(start), bytes);
        for (int page = 0; page < PAGES; page++) {
            if ((long) page * PAGE >= start && (page + 1L) * PAGE <= start + bytes
                    && model[page] == ABSENT) {
                model[page] = MemoryRegion.USABLE;
            }
        }
    }

    private void claim(long start, long bytes, long kind) {
        map.claim(new PhysAddress(start), bytes, kind);
        for (int page = 0; page < PAGES; page++) {
            if ((page + 1L) * PAGE > start && (long) page * PAGE < start + bytes
                    && model[page] == MemoryRegion.USABLE) {
                model[page] = kind;
            }
        }
    }

    private int lowestFit(int pages, int alignmentPages) {
        for (int first = 0; first + pages <= PAGES; first += alignmentPages) {
            int fitting = 0;
            while (fitting < pages && model[first + fitting] == MemoryRegion.USABLE) {
                fitting++;
            }
            if (fitting == pages) {
                return first;
            }
        }
        return -1;
    }

    private void compare(String after) {
        long[] seen = new long[PAGES];
        Arrays.fill(seen, ABSENT);
        long behind = 0;
        for (int i = 0; i < map.count(); i++) {
            long start = map.start(i).value();
            assertTrue(start >= behind && map.length(i) > 0, "sorted and disjoint " + after);
            assertTrue(i == 0 || start > behind || map.kind(i) != map.kind(i - 1),
                    "neighbours of a kind are one region " + after);
            behind = start + map.length(i);
            for (long page = start / PAGE; page < behind / PAGE; page++) {
                seen[(int) page] = map.kind(i);
            }
        }
        assertEquals(Arrays.toString(model), Arrays.toString(seen), after);
        assertEquals(behind, map.end().value());
    }

    @Test
    void keepsTheKindOfEveryPage() {
        for (int seed = 0; seed < 400; seed++) {
            new MemoryMapTest().play(new Random(seed));
        }
    }

    private void play(Random random) {
        int adds = random.nextInt(6);
        for (int i = 0; i < adds; i++) {
            int start = random.nextInt(PAGES * PAGE);
            add(start, Math.min(random.nextInt(60 * PAGE), PAGES * PAGE - start));
            compare("memory was added");
        }
        for (int i = 0; i < 40; i++) {
            long kind = 1 + random.nextInt(5);
            if (random.nextBoolean()) {
                long bytes = random.nextInt(1 + random.nextInt(8 * PAGE));
                claim(random.nextInt(PAGES * PAGE), bytes, kind);
                compare("a claim");
            } else {
                take(1 + random.nextInt(6 * PAGE), 1 << random.nextInt(4), kind);
                compare("taking");
            }
        }
    }

    private void take(int bytes, int alignmentPages, long kind) {
        int pages = (bytes + PAGE - 1) / PAGE;
        int expected = lowestFit(pages, alignmentPages);
        assertEquals(expected >= 0, map.hasRoom(bytes, (long) alignmentPages * PAGE));
        if (expected < 0) {
            assertThrows(IllegalStateException.class,
                    () -> map.take(bytes, (long) alignmentPages * PAGE, kind));
            return;
        }
        PhysAddress taken = map.take(bytes, (long) alignmentPages * PAGE, kind);
        assertEquals((long) expected * PAGE, taken.value());
        Arrays.fill(model, expected, expected + pages, kind);
    }

    @Test
    void isEmptyWithoutMemory() {
        claim(0, 5 * PAGE, MemoryRegion.RESERVED);
        compare("a claim of nothing");
        assertEquals(0, map.count());
        assertEquals(0, map.end().value());
        take(1, 1, MemoryRegion.LOADER);
        add(PAGE, PAGE - 1);
        add(PAGE + 1, PAGE);
        assertEquals(0, map.count(), "no whole page");
    }

    /** What a device tree can say though no machine can mean it. */
    @Test
    void reservationsUpToTheEndOfAddressSpaceCount() {
        add(0, 100 * PAGE);
        claim(50 * PAGE, Long.MAX_VALUE - 50 * PAGE, MemoryRegion.RESERVED);
        compare("a claim up to the sign bit");
        map.claim(new PhysAddress(40 * PAGE), -1, MemoryRegion.RESERVED);
        Arrays.fill(model, 40, 50, MemoryRegion.RESERVED);
        compare("a claim of everything above");
        map.claim(new PhysAddress(-PAGE), 2 * PAGE, MemoryRegion.RESERVED);
        map.claim(new PhysAddress(-1), -1, MemoryRegion.RESERVED);
        compare("claims where no memory can be");
    }

    @Test
    void memoryBeyondPhysicalAddressesDoesNotCount() {
        map.addMemory(new PhysAddress(-PAGE), PAGE);
        map.addMemory(new PhysAddress(-PAGE), -1);
        map.addMemory(new PhysAddress(1L << 60), 1L << 62);
        assertEquals(0, map.count());
        map.addMemory(new PhysAddress(PAGE), -1);
        assertEquals(1, map.count());
        assertEquals(MemoryMap.ADDRESS_LIMIT, map.end().value());
    }

    @Test
    void manyRegionsAreAPanic() {
        add(0, PAGES * PAGE);
        MemoryMap full = new MemoryMap();
        for (int i = 0; i < MemoryMap.CAPACITY; i++) {
            full.addMemory(new PhysAddress(2L * i * PAGE), PAGE);
        }
        assertThrows(IllegalStateException.class,
                () -> full.addMemory(new PhysAddress(2L * MemoryMap.CAPACITY * PAGE), PAGE));
    }
}
