package k23.codegen.wasm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import k23.codegen.cranelift.CompiledFunction;
import k23.codegen.cranelift.Cranelift;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.FunctionDescription;
import k23.codegen.cranelift.Isa;
import k23.codegen.cranelift.IsaSettings;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Signature;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.Definition;
import k23.codegen.link.Layout;
import k23.codegen.link.LinkRequest;
import k23.codegen.link.LinkedImage;
import k23.codegen.link.Linker;
import k23.codegen.link.Location;
import k23.codegen.link.Relocation;
import k23.codegen.link.SourceRange;
import k23.codegen.link.TrapSite;

/** Compiles the functions of a program and links them with its data to an ELF file. */
final class ProgramLinker {
    /** The symbol at which a program starts. */
    static final String ENTRY = "k23.entry";
    /** Address of the first segment; the file's others follow. */
    static final long BASE = 0x10000;

    private final Program program;
    private final WasmOptions options;
    private final IsaSettings settings;
    private final List<FunctionDescription> descriptions = new ArrayList<>();
    /** For each description: the WASM function's name and module, or null. */
    private final List<Location> sources = new ArrayList<>();
    private final Map<FunctionType, String> trampolineSymbols = new LinkedHashMap<>();
    private int functions;

    /**
     * A linked program.
     *
     * @param image        its file
     * @param functions    how many WASM functions were compiled
     * @param largestFrame the largest stack frame, in bytes
     */
    record Result(LinkedImage image, int functions, int largestFrame) {}

    ProgramLinker(Program program, WasmOptions options) {
        this(program, options, IsaSettings.probingStack());
    }

    /** Compiles with other settings than users have: for comparisons. */
    ProgramLinker(Program program, WasmOptions options, IsaSettings settings) {
        this.program = program;
        this.options = options;
        this.settings = settings.withVerifier(options.verify());
    }

    /** A program that runs the last instance's function {@code start}. */
    Result linkProgram(int start) {
        add(Instantiation.entry(ENTRY, program.units(), start), null);
        return link(ENTRY, List.of());
    }

    /** A program whose functions are called from outside, each through an array of arguments. */
    Result linkLibrary(List<ProgramMetadata.Trampoline> exports) {
        return link(Routine.EXIT.symbol(), exports);
    }

    /** The code that calls functions of a type with arguments from an array. */
    String trampoline(FunctionType type) {
        return trampolineSymbols.computeIfAbsent(type,
                _ -> "k23.trampoline." + trampolineSymbols.size());
    }

    private Result link(String entry, List<ProgramMetadata.Trampoline> exports) {
        for (Program.Unit unit : program.units()) {
            add(Instantiation.translate(unit), Location.of("(instantiation)",
                    unit.module().name(), 0));
            for (int i = 0; i < unit.module().functions().size(); i++) {
                WasmModule.Function function = unit.module().functions().get(i);
                if (!function.imported()) {
                    add(BodyTranslator.translate(unit, i), Location.of(
                            unit.module().functionName(i), unit.module().name(),
                            function.start()));
                    functions++;
                }
            }
        }
        trampolineSymbols.forEach((type, symbol) -> add(trampoline(symbol, type), null));
        RoutineCode.compiled().forEach(d -> add(d, null));
        var request = LinkRequest.builder(entry, Layout.exec(BASE));
        int largestFrame = 0;
        List<CompiledFunction> compiled = compile();
        for (int i = 0; i < compiled.size(); i++) {
            request.add(definition(compiled.get(i), sources.get(i)));
            largestFrame = Math.max(largestFrame, compiled.get(i).frameBytes());
        }
        request.addAll(RoutineCode.stubs());
        hostCalls().forEach(n -> request.add(RoutineCode.stub(InstanceImage.hostSymbol(n), n)));
        program.units().forEach(u -> request.addAll(InstanceImage.of(program, u)));
        request.add(ProgramMetadata.of(program, options, exports));
        return new Result(Linker.link(request.build()), functions, largestFrame);
    }

    /** The numbers of the WASI functions that the program imports, sorted. */
    TreeSet<Integer> hostCalls() {
        var numbers = new TreeSet<Integer>();
        for (Program.Unit unit : program.units()) {
            for (Binding binding : unit.bindings()) {
                if (binding instanceof Binding.Host host) {
                    numbers.add(host.number());
                }
            }
        }
        return numbers;
    }

    private void add(FunctionDescription description, Location source) {
        descriptions.add(description);
        sources.add(source);
    }

    private List<CompiledFunction> compile() {
        try (Isa isa = Cranelift.load().isa(settings)) {
            return isa.compile(descriptions, options.threads());
        }
    }

    private static Definition definition(CompiledFunction function, Location source) {
        var relocations = new ArrayList<Relocation>();
        for (CompiledFunction.Relocation r : function.relocations()) {
            relocations.add(relocation(r));
        }
        var traps = new ArrayList<TrapSite>();
        for (CompiledFunction.TrapSite t : function.traps()) {
            traps.add(TrapSite.of(t.offset(), Abi.trapKind(t.code())));
        }
        return Definition.function(function.name(), function.code())
                .alignment(function.alignment()).relocations(relocations).traps(traps)
                .ranges(source == null ? List.of() : ranges(function, source)).build();
    }

    private static Relocation relocation(CompiledFunction.Relocation r) {
        Relocation.Kind kind = switch (r.kind()) {
            case CALL_PLT -> Relocation.Kind.CALL_PLT;
            case GOT_HI20 -> Relocation.Kind.GOT_HI20;
            case PCREL_LO12_I -> Relocation.Kind.PCREL_LO12_I;
            case ABSOLUTE_64 -> Relocation.Kind.ABS64;
        };
        return switch (r.target()) {
            case CompiledFunction.Target.Symbol s ->
                new Relocation(r.offset(), kind, s.name(), r.addend());
            case CompiledFunction.Target.Label l ->
                new Relocation(r.offset(), kind, "", l.offset());
        };
    }

    private static List<SourceRange> ranges(CompiledFunction function, Location source) {
        var ranges = new ArrayList<SourceRange>();
        // Code before the first instruction, such as stack probes, is the function's own.
        ranges.add(new SourceRange(0, source));
        // What the compiler adds in between, such as moves, counts to what is before it.
        for (CompiledFunction.SourceRange range : function.sourceRanges()) {
            if (range.location() != FunctionBuilder.NO_LOCATION) {
                ranges.add(new SourceRange(range.start(),
                        Location.of(source.method(), source.file(), range.location())));
            }
        }
        return ranges;
    }

    /** {@code (vmctx, code, slots)}: arguments from an array of words, results to it. */
    private static FunctionDescription trampoline(String symbol, FunctionType type) {
        var f = new FunctionBuilder(symbol,
                Signature.of(List.of(Type.I64, Type.I64, Type.I64), List.of()));
        List<Value> own = f.entry();
        Value slots = own.get(2);
        var arguments = new ArrayList<Value>();
        arguments.add(own.get(0));
        if (Abi.resultsInMemory(type)) {
            arguments.add(slots);
        }
        int at = 0;
        for (ValueType parameter : type.parameters()) {
            arguments.add(parameter == ValueType.I32
                    ? f.sload32(MemoryFlags.TRUSTED, slots, at)
                    : f.load(parameter.machine(), MemoryFlags.TRUSTED, slots, at));
            at += Abi.SLOT_BYTES;
        }
        List<Value> results = f.callIndirect(Abi.signature(type), own.get(1), arguments);
        for (int i = 0; i < results.size(); i++) {
            f.store(MemoryFlags.TRUSTED, results.get(i), slots, i * Abi.SLOT_BYTES);
        }
        f.returnValues();
        return f.finish();
    }
}
