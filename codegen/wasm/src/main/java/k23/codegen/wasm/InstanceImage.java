package k23.codegen.wasm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import k23.codegen.link.Definition;
import k23.codegen.link.Relocation;
import k23.runtime.wasi.WasiCalls;

/**
 * The data of an instance as it stands in the program's file: its structure with everything that
 * is known before it runs, its funcrefs, and its segments. Bases and lengths of memories and
 * tables are left zero for whoever maps them.
 */
final class InstanceImage {
    private final Program program;
    private final Program.Unit unit;
    private final WasmModule module;
    private final InstanceLayout layout;
    private final List<Definition> definitions = new ArrayList<>();
    private final List<Relocation> relocations = new ArrayList<>();
    private final ByteBuffer vmctx;

    private InstanceImage(Program program, Program.Unit unit) {
        this.program = program;
        this.unit = unit;
        module = unit.module();
        layout = unit.layout();
        vmctx = buffer(layout.bytes());
    }

    /** The definitions of an instance's data. */
    static List<Definition> of(Program program, Program.Unit unit) {
        var image = new InstanceImage(program, unit);
        image.types();
        image.imports();
        image.globals();
        image.elements();
        image.data();
        image.funcrefs();
        image.definitions.add(Definition.variable(unit.part("vmctx"), image.vmctx.array())
                .relocations(image.relocations).build());
        return image.definitions;
    }

    /** The symbol of the code that an imported function was bound to. */
    static String importSymbol(Binding binding) {
        return switch (binding) {
            case Binding.Host host -> hostSymbol(host.number());
            case Binding.Instance other -> other.unit().symbol(other.index());
        };
    }

    /** The symbol of the stub of a call into the kernel. */
    static String hostSymbol(int number) {
        return "k23.wasi." + WasiCalls.name(number);
    }

    private void types() {
        for (int i = 0; i < module.types().size(); i++) {
            vmctx.putInt(layout.type(i), program.typeNumber(module.types().get(i)));
        }
    }

    private void imports() {
        for (int i = 0; i < module.imports().size(); i++) {
            WasmModule.Import imported = module.imports().get(i);
            Binding binding = unit.bindings().get(i);
            int index = imported.index();
            switch (imported.kind()) {
                case FUNCTION -> {
                    int at = layout.importedFunction(index);
                    point(at, importSymbol(binding), 0);
                    point(at + InstanceLayout.IMPORT_VMCTX, calleeVmctx(binding), 0);
                }
                case MEMORY -> pointTo(binding, layout.memory(index), imported.kind());
                case TABLE -> pointTo(binding, layout.table(index), imported.kind());
                case GLOBAL -> pointTo(binding, layout.global(index), imported.kind());
            }
        }
    }

    private void pointTo(Binding binding, int at, WasmModule.ExternKind kind) {
        var other = (Binding.Instance) binding;
        InstanceLayout there = other.unit().layout();
        point(at, other.unit().part("vmctx"), switch (kind) {
            case MEMORY -> there.memory(other.index());
            case TABLE -> there.table(other.index());
            case GLOBAL -> there.global(other.index());
            case FUNCTION -> throw new IllegalArgumentException("functions are no data");
        });
    }

    private String calleeVmctx(Binding binding) {
        return binding instanceof Binding.Instance other
                ? other.unit().part("vmctx") : unit.part("vmctx");
    }

    private void globals() {
        for (int i = 0; i < module.globals().size(); i++) {
            int at = layout.global(i);
            switch (module.globals().get(i).init().orElse(null)) {
                case WasmModule.Constant.Number n -> vmctx.putLong(at,
                        n.type() == ValueType.I32 ? (int) n.bits() : n.bits());
                case WasmModule.Constant.FunctionReference r -> relocations.add(reference(at, r));
                case null, default -> { }
            }
        }
    }

    private Relocation reference(int at, WasmModule.Constant.FunctionReference reference) {
        return Relocation.abs64(at, unit.part("funcrefs"),
                (long) reference.function() * InstanceLayout.FUNCREF_BYTES);
    }

    private void elements() {
        for (int i = 0; i < module.elements().size(); i++) {
            List<WasmModule.Constant> items = module.elements().get(i).items();
            byte[] bytes = new byte[items.size() * InstanceLayout.ELEMENT_BYTES];
            var references = new ArrayList<Relocation>();
            boolean constant = true;
            for (int k = 0; k < items.size(); k++) {
                if (items.get(k) instanceof WasmModule.Constant.FunctionReference r) {
                    references.add(reference(k * InstanceLayout.ELEMENT_BYTES, r));
                }
                constant &= !(items.get(k) instanceof WasmModule.Constant.GlobalValue);
            }
            String name = unit.part("elements" + i);
            definitions.add((constant ? Definition.constant(name, bytes)
                    : Definition.variable(name, bytes)).relocations(references).build());
            segment(layout.element(i), name, items.size());
        }
    }

    private void data() {
        for (int i = 0; i < module.data().size(); i++) {
            WasmModule.DataSegment segment = module.data().get(i);
            String name = unit.part("data" + i);
            definitions.add(Definition.constant(name, Arrays.copyOfRange(module.bytes(),
                    segment.start(), segment.start() + segment.size())).build());
            segment(layout.data(i), name, segment.size());
        }
    }

    private void segment(int at, String name, int length) {
        point(at, name, 0);
        vmctx.putLong(at + InstanceLayout.LENGTH, length);
    }

    /** One entry for each function; those to which no reference is ever taken stay empty. */
    private void funcrefs() {
        ByteBuffer bytes = buffer(module.functions().size() * InstanceLayout.FUNCREF_BYTES);
        var entries = new ArrayList<Relocation>();
        BitSet taken = referenced(module);
        for (int i = taken.nextSetBit(0); i >= 0; i = taken.nextSetBit(i + 1)) {
            int at = i * InstanceLayout.FUNCREF_BYTES;
            boolean imported = module.functions().get(i).imported();
            Binding binding = imported ? unit.binding(WasmModule.ExternKind.FUNCTION, i) : null;
            entries.add(Relocation.abs64(at, imported ? importSymbol(binding) : unit.symbol(i), 0));
            entries.add(Relocation.abs64(at + InstanceLayout.FUNCREF_VMCTX, imported
                    ? calleeVmctx(binding) : unit.part("vmctx"), 0));
            bytes.putInt(at + InstanceLayout.FUNCREF_TYPE,
                    program.typeNumber(module.functions().get(i).type()));
        }
        definitions.add(Definition.constant(unit.part("funcrefs"), bytes.array())
                .relocations(entries).build());
        point(InstanceLayout.FUNCREFS, unit.part("funcrefs"), 0);
    }

    /** The functions that {@code ref.func} may name: those which occur outside of code. */
    private static BitSet referenced(WasmModule module) {
        var taken = new BitSet();
        module.elements().forEach(s -> s.items().forEach(c -> note(taken, c)));
        module.globals().forEach(g -> g.init().ifPresent(c -> note(taken, c)));
        for (WasmModule.Export export : module.exports()) {
            if (export.kind() == WasmModule.ExternKind.FUNCTION) {
                taken.set(export.index());
            }
        }
        return taken;
    }

    private static void note(BitSet taken, WasmModule.Constant constant) {
        if (constant instanceof WasmModule.Constant.FunctionReference r) {
            taken.set(r.function());
        }
    }

    private void point(int at, String symbol, long addend) {
        relocations.add(Relocation.abs64(at, symbol, addend));
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
