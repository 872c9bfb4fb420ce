package k23.loader.elf;

import java.nio.charset.StandardCharsets;
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
    private static final int MAX_BYTES = 2048;
    private static final long MEMORY = 0x9000_0000L;
    /** Room for images of some pages: clearing more takes the time of many. */
    private static final long MEMORY_BYTES = 128 << 10;
    /** Room for page tables, where no image can begin. */
    private static final long TABLES = MEMORY + PlacedImage.ALIGNMENT + 4096;
    private static final Address VIRTUAL = new Address(0xffff_fff0_0040_0000L);

    private Span room;

    /** A target without memory: the first input makes it. */
    public ElfTarget() {}

    @Override
    public String name() {
        return "elf";
    }

    @Override
    public List<byte[]> seeds() {
        var hartTemplate = SmallElf.make(3);
        SmallElf.segment(hartTemplate, SmallElf.RELRO, Segment.PT_TLS, 4, SmallElf.DATA, 0x10,
                0x80);
        return List.of(SmallElf.make(3).array(), SmallElf.make(2).array(), hartTemplate.array(),
                SmallElf.relative().array());
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
        if (room == null) {
            Machine machine = Machine.reset();
            machine.map(MEMORY, MEMORY_BYTES);
            machine.map(TABLES, MEMORY_BYTES);
            room = machine.allocate(2 * MAX_BYTES);
        }
        Span file = room.from(room.length() - input.length);
        file.put(0, input, 0, input.length);
        return place(file);
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
        memory.addMemory(new PhysAddress(TABLES), MEMORY_BYTES);
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
