package k23.loader.elf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import k23.fuzz.FuzzTarget;
import k23.loader.memory.MemoryMap;
import k23.loader.memory.PageTables;
import k23.sdk.sim.Machine;
import k23.sdk.word.Address;
import k23.sdk.word.PhysAddress;
import k23.sdk.word.Span;

/** Payloads, as far as the loader goes with them before it turns paging on. */
public final class ElfTarget implements FuzzTarget {
    private static final int MAX_BYTES = 0x6800;
    private static final long MEMORY = 0x9000_0000L;
    private static final long MEMORY_BYTES = 4 << 20;
    private static final Address VIRTUAL = new Address(0xffff_fff0_0040_0000L);

    /** The memory of a target. Of an input only those bytes are written that are different. */
    private static final class Memory {
        private final Span room = Machine.reset().allocate(MAX_BYTES);
        private final byte[] held = new byte[MAX_BYTES];

        Memory() {
            Machine.current().map(MEMORY, MEMORY_BYTES);
        }

        Span load(byte[] bytes) {
            int end = bytes.length;
            int next = 0;
            while (next < end) {
                int same = Arrays.mismatch(held, next, end, bytes, next, end);
                if (same < 0) {
                    break;
                }
                next += same;
                held[next] = bytes[next];
                room.putByte(next, bytes[next]);
                next++;
            }
            return room.slice(0, bytes.length);
        }
    }

    private Memory memory;

    /** A target without memory: the first input makes it. */
    public ElfTarget() {}

    @Override
    public String name() {
        return "elf";
    }

    @Override
    public List<byte[]> seeds() {
        var corpus = new ArrayList<byte[]>();
        corpus.add(new TestElf().bytes);
        corpus.add(new TestElf().segment(TestElf.RELRO, ElfFile.PT_TLS, 4, TestElf.DATA_AT,
                0x40, 0x80).bytes);
        corpus.add(new TestElf().number(TestElf.TYPE, 2, 2).bytes);
        return corpus;
    }

    @Override
    public int maxBytes() {
        return MAX_BYTES;
    }

    @Override
    public List<byte[]> words() {
        return List.of(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1},
                "\0.loader_config\0".getBytes(StandardCharsets.US_ASCII),
                "K23CONF1".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public List<String> reached() {
        return List.of("k23.loader.elf.*", "k23.loader.memory.*");
    }

    @Override
    public String run(byte[] input) {
        if (memory == null) {
            memory = new Memory();
        }
        return place(memory.load(input));
    }

    private static String place(Span bytes) {
        ElfFile elf = new ElfFile(bytes);
        ElfProblem problem = elf.check();
        if (problem != ElfProblem.NONE || !elf.isPositionIndependent()) {
            return problem + " ";
        }
        LoaderConfig config = new LoaderConfig(elf.section(LoaderConfig.SECTION));
        problem = config.check();
        if (problem != ElfProblem.NONE) {
            return problem + " config";
        }
        MemoryMap memory = new MemoryMap();
        memory.addMemory(new PhysAddress(MEMORY), MEMORY_BYTES);
        if (!memory.hasRoom(elf.imageBytes(), PlacedImage.ALIGNMENT)) {
            return "NO_ROOM";
        }
        PlacedImage image = PlacedImage.copy(elf, memory, VIRTUAL);
        problem = image.relocate();
        if (problem == ElfProblem.NONE) {
            problem = image.checkHartTemplate(config.hartBlockBytes());
        }
        if (problem == ElfProblem.NONE) {
            image.hartTemplate();
            PageTables tables = new PageTables(memory);
            tables.create(39);
            image.map(tables);
        }
        return problem + " " + elf.imageBytes() + " " + elf.segments();
    }
}
