package k23.codegen.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import k23.codegen.link.Definition;
import k23.codegen.link.Relocation;
import k23.codegen.link.Section;

/**
 * Writes {@code .k23.wasm}, which tells the runtime what to map for a program before it enters it:
 * see {@code docs/FORMATS.md}, "A WASM program".
 */
final class ProgramMetadata {
    private static final long MAGIC = 0x314d_5341_5733_324bL;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 64;
    private static final int TABLE_LIMIT = 10_000_000;

    private final List<Relocation> relocations = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Program program;
    private final WasmOptions options;
    private final List<Trampoline> trampolines;

    /**
     * An export that something outside of the program calls through an array of arguments.
     *
     * @param unit     the instance that exports it
     * @param function its index there
     * @param symbol   of the code that takes the array
     */
    record Trampoline(Program.Unit unit, int function, String symbol) {}

    private ProgramMetadata(Program program, WasmOptions options, List<Trampoline> trampolines) {
        this.program = program;
        this.options = options;
        this.trampolines = trampolines;
    }

    /** The section of a program. */
    static Definition of(Program program, WasmOptions options, List<Trampoline> trampolines) {
        return new ProgramMetadata(program, options, trampolines).definition();
    }

    private Definition definition() {
        List<Program.Unit> units = program.units();
        int memories = 0;
        int tables = 0;
        for (Program.Unit unit : units) {
            memories += (int) unit.module().memories().stream().filter(m -> !m.imported()).count();
            tables += (int) unit.module().tables().stream().filter(t -> !t.imported()).count();
        }
        putLong(MAGIC);
        putInt(VERSION);
        putInt(HEADER_BYTES);
        putLong(options.stackBytes());
        putInt(memories);
        putInt(tables);
        putInt(units.size());
        putInt(trampolines.size());
        Program.Unit main = units.getLast();
        pointToMemory(main);
        putLong(0);
        putLong(0);
        units.forEach(this::memories);
        units.forEach(this::tables);
        for (Program.Unit unit : units) {
            point(unit.part("vmctx"), 0);
            point(Instantiation.symbol(unit), 0);
        }
        for (Trampoline trampoline : trampolines) {
            point(trampoline.unit().part("vmctx"), 0);
            point(InstanceImage.importSymbol(
                    new Binding.Instance(trampoline.unit(), trampoline.function())), 0);
            point(trampoline.symbol(), 0);
        }
        return Definition.constant("k23.program", bytes.toByteArray())
                .section(Section.named(".k23.wasm")).relocations(relocations).build();
    }

    /** The memory to which pointers in calls of WASI belong: the last instance's first. */
    private void pointToMemory(Program.Unit unit) {
        if (unit.module().memories().isEmpty()) {
            putLong(0);
        } else if (unit.module().memories().getFirst().imported()) {
            var other = (Binding.Instance) unit.binding(WasmModule.ExternKind.MEMORY, 0);
            point(other.unit().part("vmctx"), other.unit().layout().memory(other.index()));
        } else {
            point(unit.part("vmctx"), unit.layout().memory(0));
        }
    }

    private void memories(Program.Unit unit) {
        for (int i = 0; i < unit.module().memories().size(); i++) {
            WasmModule.Memory memory = unit.module().memories().get(i);
            if (!memory.imported()) {
                long most = memory.isSigned() ? Math.min(WasmModule.Memory.SIGNED_PAGES,
                        options.maxMemoryPages()) : options.maxMemoryPages();
                extent(unit, unit.layout().memory(i), memory.limits(), most);
            }
        }
    }

    private void tables(Program.Unit unit) {
        for (int i = 0; i < unit.module().tables().size(); i++) {
            WasmModule.Table table = unit.module().tables().get(i);
            if (!table.imported()) {
                extent(unit, unit.layout().table(i), table.limits(), TABLE_LIMIT);
            }
        }
    }

    private void extent(Program.Unit unit, int offset, WasmModule.Limits limits, long ours) {
        if (limits.minimum() > ours) {
            throw new WasmException(Diagnostic.UNSUPPORTED, unit.module().name(),
                    "a memory or table of at least " + limits.minimum() + " pages or elements; "
                    + "the limit is " + ours);
        }
        point(unit.part("vmctx"), offset);
        putLong(limits.minimum());
        putLong(limits.maximum() < 0 ? ours : Math.min(limits.maximum(), ours));
    }

    private void point(String symbol, long addend) {
        relocations.add(Relocation.abs64(bytes.size(), symbol, addend));
        putLong(0);
    }

    private void putInt(int value) {
        bytes.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value)
                .array());
    }

    private void putLong(long value) {
        bytes.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value)
                .array());
    }
}
