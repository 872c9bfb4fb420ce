package k23.codegen.wasm;

import java.util.List;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.FunctionDescription;
import k23.codegen.cranelift.Signature;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.TrapKind;

/**
 * Writes the function that instantiates a module (Core 2.0, section 4.5.4): as the specification
 * defines it, active segments are {@code table.init} and {@code memory.init} that run once, in
 * order, with the same checks; then the start function is called. What is constant needs no code:
 * it stands in the instance's image already.
 */
final class Instantiation {
    private static final Signature SIGNATURE = Signature.of(List.of(Type.I64), List.of());

    private final WasmModule module;
    private final FunctionBuilder f;
    private final Emitter e;

    private Instantiation(Program.Unit unit) {
        module = unit.module();
        f = new FunctionBuilder(symbol(unit), SIGNATURE);
        e = new Emitter(f, unit, f.entry().getFirst());
    }

    /** The symbol of a module's instantiation, a function of the instance. */
    static String symbol(Program.Unit unit) {
        return unit.part("instantiate");
    }

    /** The function of a module. */
    static FunctionDescription translate(Program.Unit unit) {
        var instantiation = new Instantiation(unit);
        instantiation.globals();
        instantiation.elementItems();
        instantiation.elements();
        instantiation.data();
        if (unit.module().start() >= 0) {
            instantiation.e.call(unit.module().start());
        }
        instantiation.f.returnValues();
        return instantiation.f.finish();
    }

    /**
     * The function that runs a program: every instance in order, then the export {@code _start} of
     * the last one, then the end with status 0.
     */
    static FunctionDescription entry(String symbol, List<Program.Unit> units, int start) {
        var f = new FunctionBuilder(symbol, Signature.of(List.of(), List.of()));
        f.entry();
        Value vmctx = null;
        for (Program.Unit unit : units) {
            vmctx = f.symbolAddress(unit.part("vmctx"));
            f.call(f.declareFunction(symbol(unit), SIGNATURE), vmctx);
        }
        f.call(f.declareFunction(units.getLast().symbol(start), SIGNATURE), vmctx);
        f.call(f.declareFunction(Routine.EXIT.symbol(), Routine.EXIT.signature()),
                f.iconst(Type.I64, 0));
        f.trap(Abi.trapCode(TrapKind.WASM_UNREACHABLE));
        return f.finish();
    }

    private void globals() {
        for (int i = 0; i < module.globals().size(); i++) {
            WasmModule.Constant init = module.globals().get(i).init().orElse(null);
            if (init instanceof WasmModule.Constant.GlobalValue) {
                f.store(Emitter.VMCTX, constant(init), e.vmctx(), e.layout().global(i));
            }
        }
    }

    /** Items that are values of globals are put into the segments before any of them is used. */
    private void elementItems() {
        for (int i = 0; i < module.elements().size(); i++) {
            List<WasmModule.Constant> items = module.elements().get(i).items();
            for (int k = 0; k < items.size(); k++) {
                if (items.get(k) instanceof WasmModule.Constant.GlobalValue) {
                    f.store(Emitter.ELEMENT, constant(items.get(k)),
                            e.fixed(e.layout().element(i)), k * InstanceLayout.ELEMENT_BYTES);
                }
            }
        }
    }

    private void elements() {
        var tables = new TableTranslator(e);
        for (int i = 0; i < module.elements().size(); i++) {
            WasmModule.ElementSegment segment = module.elements().get(i);
            if (segment.mode() instanceof WasmModule.Mode.Active active) {
                pushRange(active.offset(), segment.items().size());
                tables.init(i, active.target());
            }
            if (!(segment.mode() instanceof WasmModule.Mode.Passive)) {
                tables.drop(i);
            }
        }
    }

    private void data() {
        var memory = new MemoryTranslator(e);
        for (int i = 0; i < module.data().size(); i++) {
            WasmModule.DataSegment segment = module.data().get(i);
            if (segment.mode() instanceof WasmModule.Mode.Active active) {
                f.sourceLocation(segment.start());
                pushRange(active.offset(), segment.size());
                memory.init(i, active.target());
                memory.drop(i);
            }
        }
    }

    private void pushRange(WasmModule.Constant to, int count) {
        e.push(constant(to));
        e.push(e.i32(0));
        e.push(e.i32(count));
    }

    private Value constant(WasmModule.Constant constant) {
        return switch (constant) {
            case WasmModule.Constant.Number n when n.type() == ValueType.I32 ->
                e.i32((int) n.bits());
            case WasmModule.Constant.Number n when n.type() == ValueType.I64 -> e.i64(n.bits());
            case WasmModule.Constant.Number n ->
                throw new IllegalArgumentException("an offset of type " + n.type());
            case WasmModule.Constant.Null _ -> e.i64(0);
            case WasmModule.Constant.FunctionReference r -> e.functionReference(r.function());
            case WasmModule.Constant.GlobalValue g -> e.globalValue(g.global());
        };
    }
}
