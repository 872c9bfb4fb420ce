package k23.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import k23.loader.memory.MemoryMap;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.sim.Machine;
import org.junit.jupiter.api.Test;

/** Reservations of every kind, from hand-made trees. */
class ReservationsTest {
    private static final int MEMORY = 0x4000_0000;
    private static final int BYTES = 0x10_0000;
    private static final long LIMIT = 0x8000_0000L;

    private final MemoryMap map = new MemoryMap();
    private final Reservations reservations = new Reservations();

    private void boot(TestTree tree) {
        Firmware firmware = tree.boot();
        firmware.describeMemory(map, reservations);
        reservations.place(firmware.tree(), map);
    }

    private static TestTree reserved() {
        return TestTree.root().memory(MEMORY, BYTES).open("reserved-memory")
                .with("#address-cells", 2).with("#size-cells", 2).with("ranges");
    }

    private String describe() {
        var text = new StringBuilder();
        for (int i = 0; i < map.count(); i++) {
            long kind = map.kind(i);
            text.append(Long.toHexString(map.start(i).value() - MEMORY)).append('+')
                    .append(Long.toHexString(map.length(i)))
                    .append(kind == MemoryRegion.USABLE ? " usable; "
                            : kind == MemoryRegion.RESERVED ? " reserved; "
                            : kind == MemoryRegion.UNMAPPED ? " unmapped; " : " other; ");
        }
        return text.toString();
    }

    @Test
    void noMapIsKeptOutOfMappings() {
        boot(reserved().open("a").with("reg", 0, MEMORY + 0x1800, 0, 0x1000).with("no-map")
                .close().open("b").with("reg", 0, MEMORY + 0x8000, 0, 0x1000).close().close());
        assertEquals("0+1000 usable; 1000+2000 unmapped; 3000+5000 usable; 8000+1000 reserved; "
                + "9000+f7000 usable; ", describe());
        assertEquals(MEMORY + 0x1000, reservations.nextUnmapped(0, LIMIT));
        assertEquals(MEMORY + 0x2000, reservations.nextUnmapped(MEMORY + 0x2000, LIMIT));
        assertEquals(LIMIT, reservations.nextUnmapped(MEMORY + 0x3000, LIMIT));
        assertEquals(MEMORY + 0x3000, reservations.nextMapped(MEMORY + 0x1000, LIMIT));
        assertEquals(MEMORY, reservations.nextMapped(MEMORY, LIMIT));
    }

    /** Firmware lists the same range in the block and as a node; the stricter one counts. */
    @Test
    void noMapCountsBeforeTheReservationBlock() {
        boot(reserved().reserve(MEMORY, 0x4000)
                .open("a").with("reg", 0, MEMORY + 0x1000, 0, 0x1000).close()
                .open("b").with("reg", 0, MEMORY, 0, 0x2000).with("no-map").close().close());
        assertEquals("0+2000 unmapped; 2000+2000 reserved; 4000+fc000 usable; ", describe());
    }

    @Test
    void placesWhatHasOnlyASize() {
        boot(reserved().open("a").with("size", 0, 0x1801).close()
                .open("b").with("size", 0, 0x1000).with("alignment", 0, 0x1_0000).with("no-map")
                .close().open("c").with("reg", 0, MEMORY, 0, 0x1000).close()
                .open("neither").with("reusable").close().close());
        assertEquals("0+3000 reserved; 3000+d000 usable; 10000+1000 unmapped; "
                + "11000+ef000 usable; ", describe());
        assertEquals(MEMORY + 0x1_0000, reservations.nextUnmapped(0, LIMIT));
        String console = Machine.current().console();
        assertTrue(console.startsWith("[k23 info] loader: reserved 6145 bytes at "), console);
        assertTrue(console.contains(" for a\n[k23 info] loader: reserved 4096 bytes"), console);
    }

    @Test
    void placesInTheRangesThatAreAllowed() {
        boot(reserved().open("a@1").with("size", 0, 0x2000)
                .with("alloc-ranges", 0, MEMORY - 0x1000, 0, 0x1000, 0, MEMORY, 0, 0x1000,
                        0, MEMORY + 0x8_0000, 0, 0x2000).close().close());
        assertEquals("0+80000 usable; 80000+2000 reserved; 82000+7e000 usable; ", describe());
    }

    /** No place is an end with a name. The simulated machine cannot stop: it goes on to fault. */
    @Test
    void whatFindsNoPlaceIsRefused() {
        String[][] bad = {{"size", "1048577"}, {"size", "-1"}, {"alignment", "12288"}};
        for (String[] property : bad) {
            TestTree tree = reserved().open("a").with(property[0], 0,
                    Integer.parseInt(property[1]));
            if (!property[0].equals("size")) {
                tree.with("size", 0, 0x1000);
            }
            Firmware firmware = tree.close().close().boot();
            var memory = new MemoryMap();
            firmware.describeMemory(memory, new Reservations());
            Machine.current().firmware((extension, function, a, b, c) -> {
                throw new IllegalStateException("stopped");
            });
            assertThrows(IllegalStateException.class,
                    () -> new Reservations().place(firmware.tree(), memory));
        }
    }

    /** Walking from one to the next visits exactly the pages that no no-map range touches. */
    @Test
    void walksAroundEveryUnmappedRange() {
        Random random = new Random(4);
        for (int round = 0; round < 200; round++) {
            var tree = reserved();
            boolean[] expected = new boolean[64];
            for (int i = random.nextInt(10); i > 0; i--) {
                int from = random.nextInt(60 << 12);
                int bytes = 1 + random.nextInt(random.nextInt(4 << 12) + 1);
                tree.open("r" + i).with("reg", 0, from, 0, bytes).with("no-map").close();
                for (int page = from >> 12; page <= from + bytes - 1 >> 12; page++) {
                    expected[page] = true;
                }
            }
            var walked = new Reservations();
            Firmware firmware = tree.close().boot();
            firmware.describeMemory(new MemoryMap(), walked);
            long limit = 64 << 12;
            boolean[] mapped = new boolean[64];
            for (long from = walked.nextMapped(0, limit); from < limit;) {
                long to = walked.nextUnmapped(from, limit);
                assertTrue(to > from, "an empty part");
                for (long at = from; at < to; at += 4096) {
                    mapped[(int) (at >> 12)] = true;
                }
                from = walked.nextMapped(to, limit);
            }
            for (int page = 0; page < 64; page++) {
                assertEquals(!expected[page], mapped[page], "page " + page);
            }
        }
    }

    private static void mark(int[] model, int from, int bytes, long kind) {
        for (int page = from >> 12; page <= from + bytes - 1 >> 12 && page < 256; page++) {
            boolean isFirst = model[page] == MemoryRegion.USABLE;
            model[page] = isFirst ? (int) kind : model[page];
        }
    }

    /** Trees with reservations of all kinds, page by page: complete, once each, nothing more. */
    @Test
    void everyPageOfRandomTreesHasTheKindThatItShould() {
        for (int round = 0; round < 300; round++) {
            Random random = new Random(round);
            int[] model = new int[256];
            Arrays.fill(model, (int) MemoryRegion.USABLE);
            TestTree tree = TestTree.root().memory(MEMORY, BYTES).open("reserved-memory")
                    .with("#address-cells", 2).with("#size-cells", 2);
            int[][] nodes = new int[random.nextInt(8)][];
            for (int i = 0; i < nodes.length; i++) {
                nodes[i] = new int[] {random.nextInt(240 << 12), 1 + random.nextInt(12 << 12),
                    random.nextInt(2)};
                tree.open("n" + i).with("reg", 0, MEMORY + nodes[i][0], 0, nodes[i][1]);
                (nodes[i][2] == 1 ? tree.with("no-map") : tree).close();
            }
            for (int unmapped = 1; unmapped >= 0; unmapped--) {
                for (int[] node : nodes) {
                    if (node[2] == unmapped) {
                        mark(model, node[0], node[1],
                                unmapped == 1 ? MemoryRegion.UNMAPPED : MemoryRegion.RESERVED);
                    }
                }
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                int from = random.nextInt(240 << 12);
                int bytes = 1 + random.nextInt(8 << 12);
                tree.reserve(MEMORY + from, bytes);
                mark(model, from, bytes, MemoryRegion.RESERVED);
            }
            var memory = new MemoryMap();
            tree.close().boot().describeMemory(memory, new Reservations());
            compare(model, memory);
        }
    }

    private static void compare(int[] model, MemoryMap memory) {
        long next = MEMORY;
        for (int i = 0; i < memory.count(); i++) {
            assertEquals(next, memory.start(i).value(), "a gap or an overlap");
            next += memory.length(i);
            for (long at = memory.start(i).value(); at < next; at += 4096) {
                assertEquals(model[(int) (at - MEMORY >> 12)], memory.kind(i));
            }
        }
        assertEquals((long) MEMORY + BYTES, next);
    }
}
