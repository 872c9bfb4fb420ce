package k23.loader.efi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Random;
import k23.loader.memory.MemoryMap;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.word.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the loader takes from UEFI firmware, good and bad. */
class UefiTest {
    private static final long PAGE = 4096;

    private Uefi uefi;

    private UefiProblem takeOver(SimulatedFirmware firmware) {
        uefi = new Uefi(firmware);
        UefiProblem problem = uefi.takeOver(SimulatedFirmware.IMAGE, firmware.table,
                firmware.machine.allocate(Uefi.WORKSPACE_BYTES));
        assertEquals(problem == UefiProblem.NONE, firmware.ended);
        return problem;
    }

    private String commandLine(SimulatedFirmware firmware) {
        assertEquals(UefiProblem.NONE, takeOver(firmware));
        return new String(firmware.machine.bytes(uefi.commandLine()), StandardCharsets.UTF_8);
    }

    @Test
    void asksForEverything() {
        SimulatedFirmware firmware = SimulatedFirmware.usual().withRandom().withOptions("a=b c\0");
        assertEquals("a=b c", commandLine(firmware));
        assertEquals(SimulatedFirmware.TREE, uefi.deviceTree());
        assertEquals(3, uefi.bootHart());
        byte[] seed = new byte[64];
        for (int i = 0; i < seed.length; i++) {
            seed[i] = (byte) (i + 1);
        }
        assertArrayEquals(seed, firmware.machine.bytes(uefi.seed()));
    }

    @Test
    void doesWithoutOptionalProtocols() {
        SimulatedFirmware firmware =
                new SimulatedFirmware().withTable(Guid.DEVICE_TREE, 8).with(7, 0x4000_0000L, 1);
        assertEquals("", commandLine(firmware));
        assertEquals(-1, uefi.bootHart());
        assertEquals(0, uefi.seed().length());
    }

    @Test
    void readsTheMapAgainWhenItChanged() {
        SimulatedFirmware firmware = SimulatedFirmware.usual();
        firmware.changesBeforeEnd = 3;
        assertEquals(UefiProblem.NONE, takeOver(firmware));
    }

    @Test
    void namesWhatIsMissing() {
        SimulatedFirmware endless = SimulatedFirmware.usual();
        endless.changesBeforeEnd = 1000;
        assertEquals(UefiProblem.NOT_RELEASED, takeOver(endless));
        assertEquals(UefiProblem.NO_DEVICE_TREE,
                takeOver(new SimulatedFirmware().withTable(Guid.of(1, 2, 3, 4), 5)));
        assertEquals(UefiProblem.NO_DEVICE_TREE, takeOver(new SimulatedFirmware()));
        assertEquals(UefiProblem.NO_DEVICE_TREE,
                takeOver(new SimulatedFirmware().withTable(Guid.DEVICE_TREE, 0)));
        SimulatedFirmware other = SimulatedFirmware.usual();
        other.table.putLong(0, 7);
        assertEquals(UefiProblem.NO_SYSTEM_TABLE, takeOver(other));
    }

    @Test
    void namesABadMemoryMap() {
        SimulatedFirmware large = SimulatedFirmware.usual();
        for (int i = 0; i < 2000; i++) {
            large.with(7, 0x9000_0000L + i * PAGE, 1);
        }
        assertEquals(UefiProblem.LARGE_MEMORY_MAP, takeOver(large));
        SimulatedFirmware broken = SimulatedFirmware.usual();
        broken.mapStatus = SimulatedFirmware.INVALID_PARAMETER;
        assertEquals(UefiProblem.NO_MEMORY_MAP, takeOver(broken));
        for (int bytes : new int[] {0, 24, 32, 44}) {
            SimulatedFirmware small = SimulatedFirmware.usual();
            small.descriptorBytes = bytes;
            assertEquals(UefiProblem.NO_MEMORY_MAP, takeOver(small), bytes + " bytes");
        }
    }

    /** Table 7.10: what is free once the boot services have ended. */
    @ParameterizedTest
    @ValueSource(ints = {40, 48, 72})
    void believesTheMap(int descriptorBytes) {
        SimulatedFirmware firmware = SimulatedFirmware.usual();
        firmware.descriptorBytes = descriptorBytes;
        firmware.with(5, 0x4001_0000L, 1).with(6, 0x4001_1000L, 1).with(4, 0x4001_2000L, 1)
                .with(3, 0x4001_3000L, 1).with(2, 0x4001_4000L, 1).with(1, 0x4001_5000L, 1)
                .with(0, 0x4001_6000L, 1).with(9, 0x4001_7000L, 1).with(10, 0x4001_8000L, 1)
                .with(7, 0x4001_9000L, 1, 0x40008).with(8, 0x4001_a000L, 1)
                .with(7, 0x4001_b000L, 1).with(11, 0x1000_0000L, 1).with(0, 0x2000_0000L, 1, 1)
                .with(14, 0x5000_0000L, 1).with(7, 0x5100_0000L, -1);
        assertEquals(UefiProblem.NONE, takeOver(firmware));
        MemoryMap map = new MemoryMap();
        uefi.addMemory(map);
        uefi.claimReserved(map);
        assertTrue(isUsable(map, 0x4000_0000L, 0x4001_0000L));
        assertTrue(isUsable(map, 0x4001_2000L, 0x4001_6000L));
        assertTrue(isUsable(map, 0x4001_b000L, 0x4001_c000L));
        assertTrue(isUsable(map, 0x1_0000_0000L, MemoryMap.ADDRESS_LIMIT));
        for (long page : new long[] {0x1000_0000L, 0x2000_0000L, 0x4001_0000L, 0x4001_1000L,
            0x4001_6000L, 0x4001_7000L, 0x4001_8000L, 0x4001_9000L, 0x4001_a000L, 0x5000_0000L}) {
            assertFalse(isUsable(map, page, page + PAGE), Long.toHexString(page));
        }
    }

    /** Maps that overlap and are in no order, page by page: free is what nothing else claims. */
    @Test
    void agreesPageByPage() {
        Random random = new Random(4);
        for (int run = 0; run < 200; run++) {
            SimulatedFirmware firmware = SimulatedFirmware.usual();
            BitSet free = new BitSet();
            BitSet kept = new BitSet();
            free.set(0, 16);
            for (int i = 0; i < 20; i++) {
                int type = random.nextInt(16);
                int start = random.nextInt(200);
                int pages = random.nextInt(12);
                firmware.with(type, 0x4000_0000L + start * PAGE, pages);
                boolean isFree = type >= 1 && type <= 4 || type == 7;
                (isFree ? free : kept).set(start, start + pages);
            }
            free.andNot(kept);
            assertEquals(UefiProblem.NONE, takeOver(firmware));
            MemoryMap map = new MemoryMap();
            uefi.addMemory(map);
            uefi.claimReserved(map);
            for (int page = 0; page < 220; page++) {
                long at = 0x4000_0000L + page * PAGE;
                assertEquals(free.get(page), isUsable(map, at, at + PAGE), run + ": " + page);
            }
        }
    }

    private static boolean isUsable(MemoryMap map, long from, long to) {
        for (int i = 0; i < map.count(); i++) {
            long start = map.start(i).value();
            if (map.kind(i) == MemoryRegion.USABLE && start <= from
                    && to <= start + map.length(i)) {
                return true;
            }
        }
        return false;
    }

    /** The workspace is in use until the payload runs; the command line longer. */
    @Test
    void keepsItsOwnMemory() {
        SimulatedFirmware firmware = SimulatedFirmware.usual().withOptions("x");
        Span workspace = firmware.machine.allocate(Uefi.WORKSPACE_BYTES);
        firmware.with(2, workspace.start().value(), workspace.length() / PAGE);
        uefi = new Uefi(firmware);
        uefi.takeOver(SimulatedFirmware.IMAGE, firmware.table, workspace);
        MemoryMap map = new MemoryMap();
        uefi.addMemory(map);
        uefi.claimReserved(map);
        for (int i = 0; i < map.count(); i++) {
            long start = map.start(i).value();
            boolean inside = start >= workspace.start().value()
                    && start < workspace.end().value();
            boolean text = start == uefi.commandLine().start().value();
            long expected = !inside ? MemoryRegion.USABLE
                    : text ? MemoryRegion.DEVICE_TREE : MemoryRegion.LOADER;
            assertEquals(expected, map.kind(i), Long.toHexString(start));
        }
        assertTrue(map.count() >= 3, "regions: " + map.count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one two", "\tä ß € 𝄞 \uffff", "k23.test=7", "߿ࠀ퟿𐀀􏿿"})
    void turnsOptionsIntoUtf8(String text) {
        assertEquals(text, commandLine(SimulatedFirmware.usual().withOptions(text)));
        assertEquals(text, commandLine(SimulatedFirmware.usual().withOptions(text + "\0rest")));
    }

    /** Boot managers keep numbers there too. */
    @ParameterizedTest
    @ValueSource(strings = {"a\u0001b", "\ud834", "\ud834x", "\udd1e\ud834", "x\ud834\0"})
    void ignoresOptionsThatAreNoText(String text) {
        byte[] bytes = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) text.charAt(i);
            bytes[2 * i + 1] = (byte) (text.charAt(i) >> 8);
        }
        SimulatedFirmware firmware = SimulatedFirmware.usual().withOptions(bytes);
        assertEquals("", commandLine(firmware));
        assertTrue(firmware.machine.console().contains("load options are no text"));
    }

    @Test
    void ignoresOptionsThatAreTooLong() {
        assertEquals(4096, commandLine(SimulatedFirmware.usual()
                .withOptions("x".repeat(4096))).length());
        assertEquals("", commandLine(SimulatedFirmware.usual().withOptions("x".repeat(4097))));
        assertEquals("x", commandLine(SimulatedFirmware.usual()
                .withOptions(new byte[] {'x', 0, 'y'})));
    }

    @Test
    void survivesAnyOptions() {
        Random random = new Random(23);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            commandLine(SimulatedFirmware.usual().withOptions(bytes));
        }
    }
}
