package k23.loader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Random;
import k23.loader.memory.MemoryMap;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.riscv.IsaExtensions;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;
import org.junit.jupiter.api.Test;

/** What the loader takes from a device tree. */
class FirmwareTest {
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
        Firmware firmware = TestTree.root().reserve(0x4000_0000, 0x10).reserve(0x5000_0000, 0)
                .open("memory@1").with("device_type", "memory")
                .with("reg", 0, 0x4000_0000, 0, 0x1_0000, 0, 0x4800_0000, 0, 0,
                        1, 0, 0, 0x2_0000).close()
                .open("reserved-memory").with("#address-cells", 1).with("#size-cells", 1)
                .open("a").with("reg", 0x4000_3fff, 0, 0x4000_4fff, 2).close()
                .open("sized-only").close()
                .open("b").with("reg", 0x4000_a000, 0x7000_0000).close().close()
                .open("memory@8").with("device_type", "memory")
                .with("reg", 0, 0x6000_0000, 0, 0x1000).close().boot();
        MemoryMap map = new MemoryMap();
        firmware.describeMemory(map, new Reservations());
        assertEquals("40000000+1000 reserved; 40001000+3000 usable; 40004000+2000 reserved; "
                + "40006000+4000 usable; 4000a000+6000 reserved; 60000000+1000 reserved; "
                + "100000000+20000 usable; ", describe(map));
    }

    @Test
    void keepsTheTreeItself() {
        Firmware firmware = TestTree.root().open("memory").with("device_type", "memory")
                .with("reg", 0, 0x8000_0000, 0, 0x10_0000).close().boot();
        MemoryMap map = new MemoryMap();
        firmware.describeMemory(map, new Reservations());
        assertEquals("80000000+1000 tree; 80001000+ff000 usable; ", describe(map));
    }

    @Test
    void doesWithoutWhatIsAbsent() {
        Firmware firmware = TestTree.root().boot();
        assertTrue(firmware.cpus().isNone());
        assertEquals(0, firmware.timebaseHertz());
        assertEquals(0, firmware.bootArguments().length());
        MemoryMap map = new MemoryMap();
        firmware.describeMemory(map, new Reservations());
        assertEquals(0, map.count());
        long[] words = new long[5];
        firmware.consumeSeed(words, IsaExtensions.NONE);
        assertArrayEquals(new long[5], words);
    }

    @Test
    void bootArgumentsEndBeforeTheirZero() {
        Firmware firmware = TestTree.root()
                .open("chosen").with("bootargs", "a=b c").close().boot();
        assertEquals("a=b c", new String(Machine.current().bytes(firmware.bootArguments()),
                StandardCharsets.US_ASCII));
    }

    @Test
    void consumesAndWipesTheSeed() throws Exception {
        byte[] seed = new byte[47];
        new Random(1).nextBytes(seed);
        Firmware firmware = TestTree.root()
                .open("chosen").with("rng-seed", seed).with("bootargs", "x")
                .close().boot();
        long[] words = new long[5];
        firmware.consumeSeed(words, IsaExtensions.NONE);
        ByteBuffer digest = ByteBuffer.wrap(MessageDigest.getInstance("SHA-512").digest(seed));
        for (long word : words) {
            assertEquals(digest.getLong(), word);
        }
        Span property = firmware.tree().root().child("chosen").property("rng-seed");
        assertEquals(seed.length, property.length());
        assertArrayEquals(new byte[seed.length], Machine.current().bytes(property));
        byte[] tree = Machine.current().bytes(firmware.tree().bytes());
        String all = new String(tree, StandardCharsets.ISO_8859_1);
        for (int i = 0; i + 4 < seed.length; i++) {
            String part = new String(seed, i, 4, StandardCharsets.ISO_8859_1);
            assertTrue(!all.contains(part), "seed bytes from " + i + " are still there");
        }
        assertEquals(1, firmware.bootArguments().length(), "only the seed was wiped");
        long[] again = new long[5];
        firmware.consumeSeed(again, IsaExtensions.NONE);
        assertNotEquals(words[0], again[0]);
    }
}
