package k23.codegen.wasm;

import java.util.ArrayList;
import java.util.List;
import k23.runtime.wasi.WasiCalls;

/** Finds what a module imports and compares the types (Core 2.0, section 4.5.2). */
final class ImportBinder {
    private final Program program;
    private final WasmModule module;
    private final boolean grown;
    private final List<Diagnostic> problems = new ArrayList<>();

    /**
     * Prepares the binding of a module's imports.
     *
     * @param grown whether memories and tables may have grown since they were made, so that their
     *              sizes are not known here
     */
    ImportBinder(Program program, WasmModule module, boolean grown) {
        this.program = program;
        this.module = module;
        this.grown = grown;
    }

    /**
     * What each import is bound to, in order.
     *
     * @throws WasmException when one is unknown or has another type
     */
    List<Binding> bind() {
        var bindings = new ArrayList<Binding>();
        for (WasmModule.Import wanted : module.imports()) {
            bindings.add(bind(wanted));
        }
        if (!problems.isEmpty()) {
            throw new WasmException(problems);
        }
        return List.copyOf(bindings);
    }

    private Binding bind(WasmModule.Import wanted) {
        Program.Unit offering = program.instance(wanted.module());
        if (offering != null) {
            return bind(wanted, offering);
        }
        int number = wanted.module().equals(WasiCalls.MODULE)
                ? WasiCalls.number(wanted.field()) : -1;
        if (number < 0) {
            return unknown(wanted);
        }
        if (wanted.kind() != WasmModule.ExternKind.FUNCTION) {
            return incompatible(wanted, "it is a function");
        }
        FunctionType actual = wasiType(number);
        FunctionType type = module.functions().get(wanted.index()).type();
        if (!actual.equals(type)) {
            return incompatible(wanted, "it has type " + actual + ", not " + type);
        }
        return new Binding.Host(number);
    }

    private Binding bind(WasmModule.Import wanted, Program.Unit offering) {
        WasmModule.Export export = offering.module().exports().stream()
                .filter(x -> x.field().equals(wanted.field())).findFirst().orElse(null);
        if (export == null) {
            return unknown(wanted);
        }
        if (export.kind() != wanted.kind()) {
            return incompatible(wanted, "it is a "
                    + export.kind().name().toLowerCase(java.util.Locale.ROOT));
        }
        return matches(wanted, offering.module(), export.index())
                ? resolve(offering, wanted.kind(), export.index())
                : incompatible(wanted, "its type does not match");
    }

    /** What an export stands for: when it is itself imported, what that was bound to. */
    private static Binding resolve(Program.Unit unit, WasmModule.ExternKind kind, int index) {
        boolean imported = unit.module().imports().stream()
                .anyMatch(i -> i.kind() == kind && i.index() == index);
        return imported ? unit.binding(kind, index) : new Binding.Instance(unit, index);
    }

    private boolean matches(WasmModule.Import wanted, WasmModule other, int index) {
        return switch (wanted.kind()) {
            case FUNCTION -> other.functions().get(index).type()
                    .equals(module.functions().get(wanted.index()).type());
            case TABLE -> {
                WasmModule.Table a = other.tables().get(index);
                WasmModule.Table b = module.tables().get(wanted.index());
                yield a.element() == b.element() && within(a.limits(), b.limits());
            }
            case MEMORY -> within(other.memories().get(index).limits(),
                    module.memories().get(wanted.index()).limits());
            case GLOBAL -> {
                WasmModule.Global a = other.globals().get(index);
                WasmModule.Global b = module.globals().get(wanted.index());
                yield a.type() == b.type() && a.mutable() == b.mutable();
            }
        };
    }

    private boolean within(WasmModule.Limits actual, WasmModule.Limits wanted) {
        return (grown || actual.minimum() >= wanted.minimum()) && (wanted.maximum() < 0
                || actual.maximum() >= 0 && actual.maximum() <= wanted.maximum());
    }

    private static FunctionType wasiType(int number) {
        var parameters = new ArrayList<ValueType>();
        for (char c : WasiCalls.parameters(number).toCharArray()) {
            parameters.add(c == 'I' ? ValueType.I64 : ValueType.I32);
        }
        return new FunctionType(parameters, number == WasiCalls.PROC_EXIT
                ? List.of() : List.of(ValueType.I32));
    }

    private Binding unknown(WasmModule.Import wanted) {
        problems.add(new Diagnostic(Diagnostic.UNKNOWN_IMPORT, module.name(),
                "unlinkable: unknown import " + quoted(wanted)
                + "; a program may import the functions of \"" + WasiCalls.MODULE + "\""));
        return null;
    }

    private Binding incompatible(WasmModule.Import wanted, String why) {
        problems.add(new Diagnostic(Diagnostic.INCOMPATIBLE_IMPORT, module.name(),
                "unlinkable: incompatible import type of " + quoted(wanted) + ": " + why));
        return null;
    }

    private static String quoted(WasmModule.Import wanted) {
        return "\"" + wanted.module() + "\" \"" + wanted.field() + "\"";
    }
}
