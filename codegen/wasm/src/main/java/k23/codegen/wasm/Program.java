package k23.codegen.wasm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The modules that make one program, each instantiated once, in order; a module's imports are
 * exports of those before it or calls of WASI.
 */
final class Program {
    private final Map<String, Unit> instances = new HashMap<>();
    private final List<Unit> units = new ArrayList<>();
    private final Map<FunctionType, Integer> typeNumbers = new LinkedHashMap<>();
    private final Set<String> symbols = new HashSet<>();

    /**
     * One module with what its code needs to know about the program.
     *
     * @param instance prefix of its symbols, unique in the program
     * @param module   the module
     * @param layout   of its instance's structure
     * @param symbols  of its functions, by index; an imported one has none of its own
     * @param bindings of its imports, in order
     */
    record Unit(String instance, WasmModule module, InstanceLayout layout, List<String> symbols,
            List<Binding> bindings) {
        /** The linker's name of a function that the module defines. */
        String symbol(int index) {
            return symbols.get(index);
        }

        /** The linker's name of a part of the instance, for example its {@code vmctx}. */
        String part(String name) {
            return "k23." + instance + "." + name;
        }

        /** What an import of this kind and index was bound to. */
        Binding binding(WasmModule.ExternKind kind, int index) {
            for (int i = 0; i < bindings.size(); i++) {
                WasmModule.Import imported = module.imports().get(i);
                if (imported.kind() == kind && imported.index() == index) {
                    return bindings.get(i);
                }
            }
            throw new IllegalArgumentException(kind + " " + index + " is not imported");
        }
    }

    /**
     * Adds a module to be instantiated after those that are there.
     *
     * @param grown whether code runs between the instantiations, so that memories and tables may
     *              have grown by then
     * @throws WasmException when an import cannot be bound
     */
    Unit add(WasmModule module, boolean grown) {
        List<Binding> bindings = new ImportBinder(this, module, grown).bind();
        String instance = "module" + units.size();
        var unit = new Unit(instance, module, new InstanceLayout(module), functionSymbols(module),
                bindings);
        units.add(unit);
        module.types().forEach(t -> typeNumbers.putIfAbsent(t, typeNumbers.size() + 1));
        return unit;
    }

    /** Offers an instance's exports to the modules that follow, under a name. */
    void register(String name, Unit unit) {
        instances.put(name, unit);
    }

    /** The instance that was registered under a name, or null. */
    Unit instance(String name) {
        return instances.get(name);
    }

    /** All modules, in order. */
    List<Unit> units() {
        return List.copyOf(units);
    }

    /** The number of a type, from 1: equal types have equal numbers. */
    int typeNumber(FunctionType type) {
        return typeNumbers.get(type);
    }

    private List<String> functionSymbols(WasmModule module) {
        var names = new ArrayList<String>();
        for (int i = 0; i < module.functions().size(); i++) {
            if (module.functions().get(i).imported()) {
                names.add("");
                continue;
            }
            String plain = "$" + module.functionName(i);
            String name = plain;
            for (int n = 1; !symbols.add(name); n++) {
                name = plain + "." + n;
            }
            names.add(name);
        }
        return List.copyOf(names);
    }
}
