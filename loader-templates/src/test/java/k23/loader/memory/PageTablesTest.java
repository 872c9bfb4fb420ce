package k23.loader.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.sim.Machine;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Page tables against a map of ranges, walked as the hart walks them. */
class PageTablesTest {
    private static final long PAGE = 4096;
    private static final long UPPER_HALF = 0xffff_ffc0_0000_0000L;
    private static final long POOL = 0x8000_0000L;
    private static final long POOL_BYTES = 4 << 20;
    private static final PageFlags[] FLAGS =
            {PageFlags.CONSTANT, PageFlags.DATA, PageFlags.CODE, PageFlags.JUMP};

    private record Mapping(long physical, long bytes, PageFlags flags) {}

    private MemoryMap memory;
    private PageTables tables;

    private void create(int pagingBits) {
        Machine.reset().map(POOL, POOL_BYTES);
        memory = new MemoryMap();
        memory.addMemory(new PhysAddress(POOL), POOL_BYTES);
        tables = new PageTables(memory);
        tables.create(pagingBits);
    }

    /** The leaf entry of an address, or 0: a walk of this test's own. */
    private static long leaf(long satp, long virtual) {
        int levels = (int) (satp >>> 60) - 5;
        long table = satp << 20 >>> 20 << 12;
        for (int level = levels - 1; level >= 0; level--) {
            long index = virtual >>> 12 + 9 * level & 511;
            long entry = Machine.current().load(table + 8 * index, 8);
            if ((entry & 1) == 0 || (entry & 0b1110) != 0) {
                long frame = entry >>> 10;
                assertEquals(0, frame & (1L << 9 * level) - 1, "a leaf that is misaligned");
                return entry;
            }
            table = entry >>> 10 << 12;
        }
        throw new AssertionError("a table below the last level");
    }

    private void compare(Map<Long, Mapping> model, long virtual) {
        Map.Entry<Long, Mapping> entry = ((TreeMap<Long, Mapping>) model).floorEntry(virtual);
        boolean isMapped = entry != null && virtual - entry.getKey() < entry.getValue().bytes;
        long expected = isMapped ? entry.getValue().physical + virtual - entry.getKey() : -1;
        assertEquals(expected, tables.translate(new Address(virtual)),
                Long.toHexString(virtual));
        long leaf = leaf(tables.satp(), virtual);
        assertEquals(isMapped ? entry.getValue().flags.bits() : 0, leaf & 0x3ff);
        assertFalse((leaf & 4) != 0 && (leaf & 8) != 0, "writable and executable");
    }

    @ParameterizedTest
    @ValueSource(ints = {39, 48, 57})
    void translatesAsMapped(int pagingBits) {
        Random random = new Random(pagingBits);
        for (int round = 0; round < 60; round++) {
            create(pagingBits);
            var model = new TreeMap<Long, Mapping>();
            long next = UPPER_HALF;
            for (int i = 0; i < 12; i++) {
                long unit = PAGE << 9 * random.nextInt(3);
                next = (next + random.nextInt(3) * PAGE + unit - 1) / unit * unit;
                next = (next + unit - 1) & -unit;
                long bytes = (1 + random.nextInt(4)) * unit + random.nextInt(5) * PAGE;
                long physical = random.nextInt(1 << 9) * unit;
                PageFlags flags = FLAGS[random.nextInt(4)];
                tables.map(new Address(next), new PhysAddress(physical), bytes, flags);
                model.put(next, new Mapping(physical, bytes, flags));
                next += bytes;
            }
            probe(model, random);
        }
    }

    private void probe(TreeMap<Long, Mapping> model, Random random) {
        model.forEach((start, mapping) -> {
            for (long at : new long[] {0, 8, PAGE, mapping.bytes / 2 & -8, mapping.bytes - 8}) {
                compare(model, start + at);
            }
            for (int i = 0; i < 10; i++) {
                compare(model, start + (random.nextLong() & Long.MAX_VALUE) % mapping.bytes);
            }
            compare(model, start - 8);
            compare(model, start + mapping.bytes);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {39, 48, 57})
    void saysItsModeAndRoot(int pagingBits) {
        create(pagingBits);
        int mode = switch (pagingBits) {
            case 39 -> 8;
            case 48 -> 9;
            default -> 10;
        };
        assertEquals(mode, tables.satp() >>> 60);
        assertEquals(tables.root().value(), tables.satp() << 20 >>> 20 << 12);
        assertEquals(-1, tables.translate(new Address(UPPER_HALF)));
    }

    /** A gibibyte takes one entry: 128 GiB of physical map fit the root and one table. */
    @Test
    void usesTheLargestPages() {
        create(48);
        tables.map(new Address(UPPER_HALF), new PhysAddress(0), 128L << 30, PageFlags.DATA);
        assertEquals(0, leaf(tables.satp(), UPPER_HALF + (5L << 30)) >>> 10 & (1 << 18) - 1);
        assertEquals(16 * PAGE, bytes(MemoryRegion.PAGE_TABLES));
    }

    private long valid(long table) {
        long entries = 0;
        for (int i = 0; i < 512; i++) {
            entries += Machine.current().load(table + 8 * i, 8) & 1;
        }
        return entries;
    }

    /** Behind 5 GiB: single gibibytes up to the first whole 512, that, and five more. */
    @Test
    void usesLeavesOfEveryLevel() {
        create(48);
        long start = -1L << 47;
        tables.map(new Address(start), new PhysAddress(0), 2L << 39, PageFlags.DATA);
        assertEquals(2, valid(tables.root().value()));
        assertEquals(1L << 39, (leaf(tables.satp(), start + (700L << 30)) >>> 10) << 12);
        create(48);
        tables.map(new Address(start + (5L << 30)), new PhysAddress(5L << 30), 1L << 40,
                PageFlags.DATA);
        assertEquals(3, valid(tables.root().value()));
        for (long at : new long[] {5L << 30, (512L << 30) - 8, 600L << 30, (1029L << 30) - 8}) {
            assertEquals(at, tables.translate(new Address(start + at)));
        }
        assertEquals(-1, tables.translate(new Address(start + (1029L << 30))));
        create(57);
        tables.map(new Address(-1L << 56), new PhysAddress(0), 1L << 48, PageFlags.DATA);
        assertEquals(1, valid(tables.root().value()));
        assertEquals(0, leaf(tables.satp(), (-1L << 56) + 123456) >>> 10);
    }

    /** What was set aside for tables and not used is usable again; later ones are the loader's. */
    @Test
    void givesBackWhatItDoesNotUse() {
        create(39);
        tables.map(new Address(UPPER_HALF), new PhysAddress(0), PAGE, PageFlags.DATA);
        tables.becomeTemporary();
        assertEquals(3 * PAGE, bytes(MemoryRegion.PAGE_TABLES));
        tables.map(new Address(0x8020_0000L), new PhysAddress(0), PAGE, PageFlags.JUMP);
        tables.close();
        assertEquals(3 * PAGE, bytes(MemoryRegion.PAGE_TABLES));
        assertEquals(2 * PAGE, bytes(MemoryRegion.LOADER));
        assertEquals(POOL_BYTES - 5 * PAGE, bytes(MemoryRegion.USABLE));
    }

    private long bytes(long kind) {
        long bytes = 0;
        for (int i = 0; i < memory.count(); i++) {
            bytes += memory.kind(i) == kind ? memory.length(i) : 0;
        }
        return bytes;
    }

    @Test
    void refusesToMapTwice() {
        create(39);
        Address at = new Address(UPPER_HALF);
        tables.map(at, new PhysAddress(0), 4 << 20, PageFlags.DATA);
        assertThrows(IllegalStateException.class,
                () -> tables.map(at, new PhysAddress(0), PAGE, PageFlags.DATA));
        assertThrows(IllegalStateException.class,
                () -> tables.map(at.plus(PAGE), new PhysAddress(0), PAGE, PageFlags.CODE));
        assertThrows(IllegalStateException.class,
                () -> tables.map(at.plus(2 << 20), new PhysAddress(0), 2 << 20, PageFlags.CODE));
    }

    @Test
    void refusesPartsOfPages() {
        create(39);
        Address at = new Address(UPPER_HALF);
        assertThrows(IllegalArgumentException.class,
                () -> tables.map(at.plus(8), new PhysAddress(0), PAGE, PageFlags.DATA));
        assertThrows(IllegalArgumentException.class,
                () -> tables.map(at, new PhysAddress(8), PAGE, PageFlags.DATA));
        assertThrows(IllegalArgumentException.class,
                () -> tables.map(at, new PhysAddress(0), 8, PageFlags.DATA));
    }

    @Test
    void noRightsAreWritableAndExecutable() {
        for (PageFlags flags : FLAGS) {
            assertFalse((flags.bits() & 4) != 0 && (flags.bits() & 8) != 0);
            assertEquals(0b1100_0011, flags.bits() & 0b1100_0011, "valid, readable, A and D");
        }
    }
}
