package k23.loader;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import k23.fuzz.FuzzTarget;
import k23.loader.memory.MemoryMap;
import k23.sdk.devicetree.DeviceTree;
import k23.sdk.devicetree.Node;
import k23.sdk.riscv.IsaExtensions;
import k23.sdk.riscv.SbiResult;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;

/** Device trees: all that the loader asks one is answered, or it is refused by name. */
public final class TreeTarget implements FuzzTarget {
    private static final int MAX_BYTES = 4096;
    /** A page more than the largest tree. */
    private static final long ROOM_BYTES = DeviceTree.MAX_BYTES + 4096;

    /** How a refusal leaves the loader: the simulated firmware does not power off. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopped() {
            super(null, null, false, false);
        }
    }

    private Span room;

    /** A target without memory: the first input makes it. */
    public TreeTarget() {}

    @Override
    public String name() {
        return "device-tree";
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(tree(1), tree(2), tree(3));
    }

    private static byte[] tree(int kind) {
        TestTree tree = TestTree.root().reserve(0x8000_0000L, 0x20_0000)
                .open("chosen").with("rng-seed", 1, 2, 3, 4).with("bootargs", "a=b c").close()
                .memory(0x8000_0000, 0x800_0000);
        if (kind > 1) {
            tree.open("reserved-memory").with("#address-cells", 2).with("#size-cells", 2)
                    .with("ranges")
                    .open("a@80000000").with("reg", 0, 0x8000_0000, 0, 0x8_0000).with("no-map")
                    .close()
                    .open("b").with("size", 0, 0x10_0000).with("alignment", 0, 0x2_0000)
                    .with("alloc-ranges", 0, 0x8400_0000, 0, 0x100_0000).close().close();
        }
        tree.open("cpus").with("#address-cells", 1).with("#size-cells", 0)
                .with("timebase-frequency", 10_000_000);
        tree.cpu(1).with("status", "okay").with("mmu-type", "riscv,sv48")
                .with("riscv,isa", "rv64imafdch_zicsr_zba2p0").close().close();
        if (kind > 2) {
            tree.open("soc").with("#address-cells", 2).with("#size-cells", 2).with("ranges")
                    .open("test@100000").with("compatible", "sifive,test1\0sifive,test0")
                    .with("reg", 0, 0x10_0000, 0, 0x1000).close().close();
        }
        Span bytes = tree.boot().tree().bytes();
        return Machine.current().bytes(bytes);
    }

    private static String read(long address) {
        Firmware firmware = Firmware.at(address);
        DeviceTree tree = firmware.tree();
        Node test = tree.findCompatible("sifive,test0", Node.NONE);
        if (!test.isNone()) {
            test.physicalRegisters(0);
        }
        var map = new MemoryMap();
        var reservations = new Reservations();
        firmware.describeMemory(map, reservations);
        reservations.place(tree, map);
        new Processors().read(firmware.cpus(), 1, 48);
        firmware.consumeSeed(new long[5], IsaExtensions.NONE);
        long arguments = firmware.bootArguments().length();
        firmware.timebaseHertz();
        return "READ " + map.count() + " " + arguments;
    }

    /**
     * Puts a tree where the size that it tells ends where its page ends, or begins where the room
     * begins: a loader has nothing else to know a tree's size by.
     */
    private static long load(byte[] tree, Span room) {
        byte[] input = Arrays.copyOf(tree, Math.max(tree.length, 8));
        long told = Math.max(ByteBuffer.wrap(input).getInt(4) & 0xffffffffL, 8);
        Span span = room.from(told > ROOM_BYTES ? 0 : ROOM_BYTES - told & -8);
        int bytes = (int) Math.min(input.length, span.length());
        span.put(0, input, 0, bytes);
        span.slice(bytes, Math.min(span.length() - bytes, MAX_BYTES)).clear();
        return span.start().value();
    }

    @Override
    public int maxBytes() {
        return MAX_BYTES;
    }

    @Override
    public List<byte[]> words() {
        return Stream.of("\0reg\0", "\0#address-cells\0", "\0#size-cells\0", "\0ranges\0",
                "\0compatible\0", "\0status\0", "\0reserved-memory\0", "\0no-map\0",
                "\0alloc-ranges\0", "\0alignment\0", "\0size\0", "\0chosen\0", "\0cpus\0",
                "\0rng-seed\0", "\0riscv,isa\0", "\0riscv,isa-extensions\0", "\0mmu-type\0",
                "\0\0\0\1", "\0\0\0\2", "\0\0\0\3", "\0\0\0\4", "\0\0\0\11")
                .map(word -> word.getBytes(StandardCharsets.US_ASCII)).toList();
    }

    @Override
    public List<String> reached() {
        return List.of("k23.loader.*", "k23.loader.memory.*", "k23.sdk.devicetree.*");
    }

    @Override
    public String run(byte[] input) {
        if (room == null) {
            Machine machine = Machine.reset();
            machine.firmware((extension, _, _, _, _) -> {
                if (extension != 1) {
                    throw new Stopped();
                }
                return new SbiResult(0, 0);
            });
            room = machine.allocate(ROOM_BYTES);
        }
        try {
            return read(load(input, room));
        } catch (Stopped e) {
            return "REFUSED " + input.length / 16;
        }
    }
}
