package k23.loader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Random;
import k23.loader.memory.MemoryMap;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;
import org.junit.jupiter.api.Test;

/** What the loader takes from a device tree. */
class FirmwareTest {
    private static final String NAMES = "#address-cells\0#size-cells\0device_type\0reg\0status\0"
            + "mmu-type\0timebase-frequency\0rng-seed\0bootargs\0";

    private final ByteArrayOutputStream structure = new ByteArrayOutputStream();
    private final ByteArrayOutputStream reservations = new ByteArrayOutputStream();
    private Machine machine;

    private static byte[] cells(int... cells) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * cells.length);
        for (int cell : cells) {
            buffer.putInt(cell);
        }
        return buffer.array();
    }

    private FirmwareTest open(String name) {
        structure.writeBytes(cells(1));
        return padded((name + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    private FirmwareTest padded(byte[] bytes) {
        structure.writeBytes(bytes);
        structure.writeBytes(new byte[-bytes.length & 3]);
        return this;
    }

    private FirmwareTest close() {
        structure.writeBytes(cells(2));
        return this;
    }

    private FirmwareTest with(String name, byte[] value) {
        int at = NAMES.indexOf(name + "\0");
        assertTrue(at >= 0, name);
        structure.writeBytes(cells(3, value.length, at));
        return padded(value);
    }

    private FirmwareTest with(String name, int... cells) {
        return with(name, cells(cells));
    }

    private FirmwareTest with(String name, String text) {
        return with(name, (text + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    private Firmware boot() {
        structure.writeBytes(cells(9));
        reservations.writeBytes(new byte[16]);
        int structureAt = 40 + reservations.size();
        int stringsAt = structureAt + structure.size();
        var tree = new ByteArrayOutputStream();
        tree.writeBytes(cells(0xd00dfeed, stringsAt + NAMES.length(), structureAt, stringsAt, 40,
                17, 16, 0, NAMES.length(), structure.size()));
        tree.writeBytes(reservations.toByteArray());
        tree.writeBytes(structure.toByteArray());
        tree.writeBytes(NAMES.getBytes(StandardCharsets.US_ASCII));
        machine = Machine.reset();
        return Firmware.at(machine.allocate(tree.toByteArray()).start().value());
    }

    private FirmwareTest root() {
        return open("").with("#address-cells", 2).with("#size-cells", 2);
    }

    private static String describe(MemoryMap map) {
        var text = new StringBuilder();
        for (int i = 0; i < map.count(); i++) {
            long kind = map.kind(i);
            text.append(Long.toHexString(map.start(i).value())).append('+')
                    .append(Long.toHexString(map.length(i)))
                    .append(kind == MemoryRegion.USABLE ? " usable; "
                            : kind == MemoryRegion.RESERVED ? " reserved; " : " tree; ");
        }
        return text.toString();
    }

    /** Several nodes and entries, an empty entry, all three kinds of reservations. */
    @Test
    void knowsAllMemoryAndEveryReservation() {
        reservations.writeBytes(cells(0, 0x4000_0000, 0, 0x10));
        reservations.writeBytes(cells(0, 0x5000_0000, 0, 0));
        Firmware firmware = root()
                .open("memory@1").with("device_type", "memory")
                .with("reg", 0, 0x4000_0000, 0, 0x1_0000, 0, 0x4800_0000, 0, 0,
                        1, 0, 0, 0x2_0000).close()
                .open("reserved-memory").with("#address-cells", 1).with("#size-cells", 1)
                .open("a").with("reg", 0x4000_3fff, 0, 0x4000_4fff, 2).close()
                .open("sized-only").close()
                .open("b").with("reg", 0x4000_a000, 0x7000_0000).close().close()
                .open("memory@8").with("device_type", "memory")
                .with("reg", 0, 0x6000_0000, 0, 0x1000).close().close().boot();
        MemoryMap map = new MemoryMap();
        firmware.describeMemory(map);
        assertEquals("40000000+1000 reserved; 40001000+3000 usable; 40004000+2000 reserved; "
                + "40006000+4000 usable; 4000a000+6000 reserved; 60000000+1000 reserved; "
                + "100000000+20000 usable; ", describe(map));
    }

    @Test
    void keepsTheTreeItself() {
        Firmware firmware = root().open("memory").with("device_type", "memory")
                .with("reg", 0, 0x8000_0000, 0, 0x10_0000).close().close().boot();
        MemoryMap map = new MemoryMap();
        firmware.describeMemory(map);
        assertEquals("80000000+1000 tree; 80001000+ff000 usable; ", describe(map));
    }

    @Test
    void countsHartsAndTheirPaging() {
        Firmware firmware = root().open("cpus").with("timebase-frequency", 0, 1_000_000)
                .open("cpu@0").with("device_type", "cpu").with("mmu-type", "riscv,sv57").close()
                .open("cpu@1").with("device_type", "cpu").with("mmu-type", "riscv,sv48").close()
                .open("cpu@2").with("device_type", "cpu").with("mmu-type", "riscv,sv57")
                .with("status", "disabled").close()
                .open("cpu-map").close().close().close().boot();
        assertEquals(2, firmware.harts());
        assertEquals(48, firmware.pagingBits());
        assertEquals(1_000_000, firmware.timebaseHertz());
    }

    /** A disabled hart without an MMU does not count: the monitor core of several chips. */
    @Test
    void disabledHartsDoNotLimitPaging() {
        Firmware firmware = root().open("cpus")
                .open("cpu@0").with("device_type", "cpu").with("status", "disabled").close()
                .open("cpu@1").with("device_type", "cpu").with("mmu-type", "riscv,sv39").close()
                .close().close().boot();
        assertEquals(1, firmware.harts());
        assertEquals(39, firmware.pagingBits());
    }

    @Test
    void doesWithoutWhatIsAbsent() {
        Firmware firmware = root().close().boot();
        assertEquals(0, firmware.harts());
        assertEquals(0, firmware.timebaseHertz());
        assertEquals(0, firmware.bootArguments().length());
        MemoryMap map = new MemoryMap();
        firmware.describeMemory(map);
        assertEquals(0, map.count());
        long[] words = new long[5];
        firmware.consumeSeed(words);
        assertArrayEquals(new long[5], words);
    }

    @Test
    void bootArgumentsEndBeforeTheirZero() {
        Firmware firmware = root().open("chosen").with("bootargs", "a=b c").close().close().boot();
        assertEquals("a=b c", new String(machine.bytes(firmware.bootArguments()),
                StandardCharsets.US_ASCII));
    }

    @Test
    void consumesAndWipesTheSeed() throws Exception {
        byte[] seed = new byte[47];
        new Random(1).nextBytes(seed);
        Firmware firmware = root().open("chosen").with("rng-seed", seed).with("bootargs", "x")
                .close().close().boot();
        long[] words = new long[5];
        firmware.consumeSeed(words);
        ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-512").digest(seed));
        for (long word : words) {
            assertEquals(digest.getLong(), word);
        }
        Span property = firmware.tree().root().child("chosen").property("rng-seed");
        assertEquals(seed.length, property.length());
        assertArrayEquals(new byte[seed.length], machine.bytes(property));
        byte[] tree = machine.bytes(firmware.tree().bytes());
        String all = new String(tree, StandardCharsets.ISO_8859_1);
        for (int i = 0; i + 4 < seed.length; i++) {
            String part = new String(seed, i, 4, StandardCharsets.ISO_8859_1);
            assertTrue(!all.contains(part), "seed bytes from " + i + " are still there");
        }
        assertEquals(1, firmware.bootArguments().length(), "only the seed was wiped");
        long[] again = new long[5];
        firmware.consumeSeed(again);
        assertNotEquals(words[0], again[0]);
    }
}
