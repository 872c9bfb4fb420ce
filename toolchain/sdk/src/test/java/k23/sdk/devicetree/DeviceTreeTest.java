package k23.sdk.devicetree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import k23.sdk.sim.Machine;
import k23.sdk.word.Address;
import k23.sdk.word.Span;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reader against the device tree of QEMU's {@code virt} machine, and against damage. */
class DeviceTreeTest {
    @TempDir
    private static Path folder;

    private static byte[] virt;

    @BeforeAll
    static void dumpTheTreeOfQemu() throws InterruptedException {
        Path file = folder.resolve("virt.dtb");
        try {
            // Boot arguments need a kernel; this one never runs.
            Path kernel = Files.write(folder.resolve("kernel"), new byte[4096]);
            Process qemu = new ProcessBuilder("qemu-system-riscv64", "-machine",
                    "virt,dumpdtb=" + file, "-smp", "4", "-m", "256", "-display", "none",
                    "-bios", "none", "-kernel", kernel.toString(), "-append", "log=debug one")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            if (!qemu.waitFor(30, TimeUnit.SECONDS)) {
                qemu.destroyForcibly();
                fail("qemu-system-riscv64 did not write its device tree within 30 s");
            }
            byte[] padded = Files.readAllBytes(file);
            virt = Arrays.copyOf(padded, ByteBuffer.wrap(padded).getInt(4));
        } catch (IOException e) {
            fail("no device tree from qemu-system-riscv64; install it: apt-get install"
                    + " qemu-system-misc", e);
        }
    }

    private static DeviceTree load(byte[] bytes) {
        return DeviceTree.at(Machine.reset().allocate(bytes).start());
    }

    private static DeviceTree checked(byte[] bytes) {
        DeviceTree tree = load(bytes);
        assertEquals(DeviceTreeProblem.NONE, tree.check());
        return tree;
    }

    private static String text(Span span) {
        return new String(Machine.current().bytes(span), StandardCharsets.UTF_8);
    }

    @Test
    void findsMemory() {
        DeviceTree tree = checked(virt);
        Node memory = tree.root().child("memory");
        assertTrue(memory.hasString("device_type", "memory"));
        assertEquals(new Range(0x8000_0000L, 256L << 20), memory.registers(tree.root(), 0));
        assertEquals(Range.NONE, memory.registers(tree.root(), 1));
        assertEquals(0, tree.reservations());
    }

    @Test
    void findsHarts() {
        Node cpus = checked(virt).root().child("cpus");
        assertEquals(10_000_000, cpus.wideNumber("timebase-frequency", 0));
        int harts = 0;
        for (Node cpu = cpus.firstChild(); !cpu.isNone(); cpu = cpu.nextSibling()) {
            if (cpu.hasString("device_type", "cpu")) {
                assertTrue(cpu.isNamed("cpu"));
                assertTrue(cpu.isCompatible("riscv"));
                assertTrue(cpu.hasString("status", "okay"));
                assertEquals(0, harts >> cpu.number("reg", -1) & 1, "twice the same hart");
                harts |= 1 << cpu.number("reg", -1);
            }
        }
        assertEquals(0b1111, harts);
    }

    @Test
    void findsDevicesByWhatTheyAreCompatibleWith() {
        DeviceTree tree = checked(virt);
        Node soc = tree.root().child("soc");
        Node uart = tree.findCompatible("ns16550a", Node.NONE);
        assertEquals(new Range(0x1000_0000L, 0x100), uart.registers(soc, 0));
        Node test = tree.findCompatible("sifive,test0", Node.NONE);
        assertTrue(test.isCompatible("sifive,test1"));
        assertTrue(test.isCompatible("syscon"));
        assertFalse(test.isCompatible("sifive"));
        assertFalse(test.isCompatible("sifive,test"));
        assertFalse(test.isCompatible(""));
        assertEquals(0x10_0000, test.registers(soc, 0).start());
        int virtio = 0;
        Node next = tree.findCompatible("virtio,mmio", Node.NONE);
        while (!next.isNone()) {
            assertEquals(0x1000, next.registers(soc, 0).length());
            virtio++;
            next = tree.findCompatible("virtio,mmio", next);
        }
        assertEquals(8, virtio);
        assertTrue(tree.findCompatible("nobody,nothing", Node.NONE).isNone());
    }

    @Test
    void findsWhatFirmwareChose() {
        Node chosen = checked(virt).root().child("chosen");
        assertEquals("log=debug one\0", text(chosen.property("bootargs")));
        assertEquals(32, chosen.property("rng-seed").length());
        assertTrue(chosen.has("stdout-path"));
        assertFalse(chosen.has("stdout-pat"));
        assertFalse(chosen.has("stdout-path2"));
        assertEquals(Span.EMPTY, chosen.property("nothing"));
        assertEquals(7, chosen.number("nothing", 7));
        assertEquals(7, chosen.wideNumber("rng-seed", 7));
    }

    /** Reservations, names with and without units, tokens to skip, both widths of cells. */
    private static TreeWriter small() {
        return new TreeWriter().reserve(0x8000_0000L, 0x1000).reserve(0xffff_ffff_ffff_f000L, 1)
                .token(4).open("").token(4)
                .property("#address-cells", TreeWriter.cells(2))
                .property("#size-cells", TreeWriter.cells(1)).token(4)
                .property("compatible", TreeWriter.text("x,y\0z"))
                .open("memory@80000000").property("device_type", TreeWriter.text("memory"))
                .property("reg", TreeWriter.cells(0, 0x8000_0000, 0x1000, 1, 0xffff_f000, -1, 5))
                .close().token(4)
                .open("reserved-memory").property("#address-cells", TreeWriter.cells(1))
                .property("#size-cells", TreeWriter.cells(2))
                .open("a@1").property("reg", TreeWriter.cells(1, 2, 3)).close()
                .open("b").open("deep").close().close().open("a").close().close()
                .open("empty").close().close();
    }

    @Test
    void readsWhatWasWritten() {
        DeviceTree tree = checked(small().finish());
        assertEquals(2, tree.reservations());
        assertEquals(new Range(0x8000_0000L, 0x1000), tree.reservation(0));
        assertEquals(new Range(0xffff_ffff_ffff_f000L, 1), tree.reservation(1));
        Node root = tree.root();
        assertTrue(root.isCompatible("z"));
        Node memory = root.child("memory");
        assertEquals(new Range(0x8000_0000L, 0x1000), memory.registers(root, 0));
        assertEquals(new Range(0x1_ffff_f000L, 0xffff_ffffL), memory.registers(root, 1));
        assertEquals(Range.NONE, memory.registers(root, 2), "half an entry");
        Node reserved = root.child("reserved-memory");
        assertEquals(new Range(1, 0x2_0000_0003L),
                reserved.firstChild().registers(reserved, 0));
        assertTrue(reserved.child("a").has("reg"));
        assertTrue(reserved.child("b").child("deep").firstChild().isNone());
        assertTrue(reserved.child("b").nextSibling().isNamed("a"));
        assertTrue(reserved.child("b").nextSibling().nextSibling().isNone());
        assertTrue(root.child("empty").nextSibling().isNone());
        assertTrue(root.child("emp").isNone());
        assertTrue(root.nextSibling().isNone());
    }

    @Test
    void wantsAPointerToATree() {
        assertEquals(DeviceTreeProblem.BAD_MAGIC, DeviceTree.at(Address.NULL).check());
        Span tree = Machine.reset().allocate(virt);
        assertEquals(DeviceTreeProblem.BAD_MAGIC, DeviceTree.at(tree.start().plus(4)).check());
        assertEquals(DeviceTreeProblem.BAD_MAGIC, load(new byte[4096]).check());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, BAD_MAGIC", "4, 0, BAD_MAGIC", "4, 39, BAD_MAGIC",
        "4, 4194305, UNSUPPORTED", "4, -1, UNSUPPORTED", "20, 15, UNSUPPORTED",
        "24, 18, UNSUPPORTED", "20, -1, NONE", "8, -1, BAD_BOUNDS", "8, 41, BAD_BOUNDS",
        "12, -1, BAD_BOUNDS", "16, -1, BAD_BOUNDS", "16, 41, BAD_BOUNDS", "32, -1, BAD_BOUNDS",
        "36, -1, BAD_BOUNDS", "36, 0, BAD_STRUCTURE", "36, 4, BAD_STRUCTURE",
        "36, 100, BAD_STRUCTURE", "32, 0, BAD_STRUCTURE", "32, 10, BAD_STRUCTURE",
    })
    void refusesBadHeaders(int at, int value, DeviceTreeProblem expected) {
        byte[] bytes = small().finish();
        ByteBuffer.wrap(bytes).putInt(at, value);
        assertEquals(expected, load(bytes).check());
    }

    @Test
    void refusesBadStructures() {
        refuses(DeviceTreeProblem.BAD_STRUCTURE, new TreeWriter());
        refuses(DeviceTreeProblem.BAD_STRUCTURE, new TreeWriter().open(""));
        refuses(DeviceTreeProblem.BAD_STRUCTURE, new TreeWriter().open("").close().close());
        refuses(DeviceTreeProblem.BAD_STRUCTURE, new TreeWriter().close());
        refuses(DeviceTreeProblem.BAD_STRUCTURE,
                new TreeWriter().open("").close().open("").close());
        refuses(DeviceTreeProblem.BAD_STRUCTURE,
                new TreeWriter().property("a", new byte[3]).open("").close());
        refuses(DeviceTreeProblem.BAD_STRUCTURE, new TreeWriter().open("").token(5).close());
        refuses(DeviceTreeProblem.BAD_STRUCTURE,
                new TreeWriter().open("").token(3).token(-1).token(0).close());
        refuses(DeviceTreeProblem.BAD_STRUCTURE,
                new TreeWriter().open("").token(3).token(0).token(77).close());
        for (int depth = 31; depth < 35; depth++) {
            TreeWriter nested = new TreeWriter();
            for (int i = 0; i < depth; i++) {
                nested.open("n");
            }
            for (int i = 0; i < depth; i++) {
                nested.close();
            }
            refuses(depth <= DeviceTree.MAX_DEPTH ? DeviceTreeProblem.NONE
                    : DeviceTreeProblem.TOO_DEEP, nested);
        }
    }

    private static void refuses(DeviceTreeProblem expected, TreeWriter tree) {
        assertEquals(expected, load(tree.finish()).check());
    }

    @Test
    void refusesEveryTruncation() {
        byte[] bytes = small().finish();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            Span span = Machine.reset().allocate(cut);
            assertNotEquals(DeviceTreeProblem.NONE, DeviceTree.of(span).check());
        }
    }

    @Test
    void survivesDamage() {
        survivesDamage(small().finish(), 25_000);
        survivesDamage(virt, 600);
    }

    private static void survivesDamage(byte[] good, int rounds) {
        Random random = new Random(1);
        int accepted = 0;
        for (int round = 0; round < rounds; round++) {
            byte[] bad = good.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                int at = random.nextInt(bad.length);
                bad[at] = (byte) switch (random.nextInt(3)) {
                    case 0 -> random.nextInt();
                    case 1 -> random.nextInt(10);
                    default -> bad[at] ^ 1 << random.nextInt(8);
                };
            }
            if (random.nextInt(8) == 0) {
                bad = Arrays.copyOf(bad, random.nextInt(bad.length));
            }
            Machine machine = Machine.reset();
            DeviceTree tree = DeviceTree.of(machine.allocate(bad));
            if (tree.check() == DeviceTreeProblem.NONE) {
                accepted++;
                walk(tree);
            }
        }
        assertTrue(accepted > 0 && accepted < rounds, accepted + " were accepted");
    }

    /** Asks everything of every node. */
    private static void walk(DeviceTree tree) {
        for (int i = tree.reservations() - 1; i >= 0; i--) {
            tree.reservation(i);
        }
        Node found = tree.findCompatible("x,y", Node.NONE);
        while (!found.isNone()) {
            found = tree.findCompatible("x,y", found);
        }
        walk(tree.root(), tree.root());
    }

    private static void walk(Node parent, Node node) {
        node.isNamed("memory");
        node.isNamed("");
        for (String name : new String[] {"reg", "compatible", "device_type", ""}) {
            node.has(name);
            node.number(name, 0);
            node.wideNumber(name, 0);
            node.hasString(name, "memory");
            Machine.current().bytes(node.property(name));
        }
        node.registerCount(parent);
        node.registers(parent, 0);
        node.registers(parent, 1);
        node.registers(parent, 1 << 20);
        for (Node child = node.firstChild(); !child.isNone(); child = child.nextSibling()) {
            walk(node, child);
        }
    }
}
