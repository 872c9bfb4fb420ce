package k23.codegen.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import k23.codegen.asm.IntrinsicStubs;
import k23.codegen.compiler.ProgramCompiler.Unit;
import k23.codegen.compiler.diagnostic.Diagnostics;
import k23.codegen.compiler.diagnostic.Place;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.heap.HostClasses;
import k23.codegen.compiler.heap.ImageWriter;
import k23.codegen.compiler.intrinsic.Intrinsics;
import k23.codegen.compiler.regime.RegimeCheck;
import k23.codegen.compiler.regime.RegimeReport;
import k23.codegen.compiler.regime.VersionCheck;
import k23.codegen.compiler.template.Templates;
import k23.codegen.compiler.translate.DebugStructures;
import k23.codegen.compiler.translate.FunctionTranslator;
import k23.codegen.compiler.world.CallResolver;
import k23.codegen.compiler.world.ClassPath;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.compiler.world.Reachability;
import k23.codegen.compiler.world.Support;
import k23.codegen.compiler.world.World;
import k23.codegen.cranelift.CompiledFunction;
import k23.codegen.cranelift.IsaSettings;
import k23.codegen.link.Definition;
import k23.codegen.link.LinkException;
import k23.codegen.link.LinkRequest;
import k23.codegen.link.LinkedImage;
import k23.codegen.link.Linker;

/** Compiles class files to a RISC-V ELF image. */
public final class Compiler {
    private static final String CSR_PREFIX = "k23.csr.";

    private final CompileRequest request;
    private final Diagnostics diagnostics = new Diagnostics();
    private final List<Definition> definitions = new ArrayList<>();
    private CompileReport report;
    private DebugStructures structures;
    private Templates templates;
    private EntryPoint entry;
    private RegimeReport regimes = RegimeReport.EMPTY;
    private long craneliftTime;
    private long otherThreads;

    private Compiler(CompileRequest request) {
        this.request = request;
    }

    /** Compiles; errors in the program are the result, errors in the compiler are thrown. */
    public static CompileResult compile(CompileRequest request) {
        return new Compiler(request).run();
    }

    private CompileResult run() {
        LinkedImage image = null;
        long start = request.clock().getAsLong();
        try (ClassPath classPath = new ClassPath(request.classPath())) {
            image = build(new ClassRepository(classPath));
        } catch (Refusal refusal) {
            diagnostics.add(refusal.at(Place.NONE));
        }
        if (!diagnostics.isEmpty()) {
            return new CompileResult.Refused(diagnostics.sorted());
        }
        long time = request.clock().getAsLong() - start + otherThreads;
        return new CompileResult.Compiled(image,
                report.withTimes(new CompileReport.Times(craneliftTime, time)));
    }

    private LinkedImage build(ClassRepository repository) {
        World world = analyse(repository);
        regimes = RegimeCheck.run(world, diagnostics);
        VersionCheck.run(world, request.instructionSet(), diagnostics);
        if (entry != null) {
            definitions.addAll(entry.definitions(world.hartLocals().bytes(),
                    request.instructionSet(),
                    world.methods().contains(Support.allocate(repository).method())));
        } else {
            refuseHartLocals(world);
        }
        List<Unit> functions = compile(world);
        if (!diagnostics.isEmpty()) {
            return null;
        }
        definitions.addAll(templates.definitions());
        define(functions, world);
        definitions.addAll(ImageWriter.write(world));
        addStubs();
        return link();
    }

    private World analyse(ClassRepository repository) {
        HostClasses host = new HostClasses(repository::bytes);
        templates = new Templates(repository, host, diagnostics);
        Reachability reachability = new Reachability(repository,
                new CallResolver(repository, Intrinsics.keys()), host, templates,
                diagnostics);
        if (request.entryClass() != null) {
            entry = EntryPoint.of(request.entryClass(), repository);
            reachability.export(entry.main(), entry.mainSymbol());
            reachability.needSymbol(EntryPoint.shutdownSymbol());
            reachability.needSymbol(EntryTraps.REPORT);
        } else {
            reachability.needSymbol(request.entrySymbol());
        }
        request.roots().forEach(reachability::needSymbol);
        if (request.everything()) {
            classPath(repository).forEach(reachability::reach);
        }
        return reachability.run();
    }

    /** Only the loader makes blocks of harts, for a program that says how large they are. */
    private void refuseHartLocals(World world) {
        world.hartLocals().offsets().keySet().forEach(field -> diagnostics.add(
                Problem.HART_LOCAL, new Place(field.owner().sourceFile(), 0, field.toString()),
                "the program has no @Entry"));
    }

    /** Every method of the class path that could be compiled. */
    private static List<MethodNode> classPath(ClassRepository repository) {
        List<MethodNode> methods = new ArrayList<>();
        for (String name : repository.classPath().classes()) {
            for (MethodNode method : repository.get(name).methods()) {
                if (method.hasCode() && !name.startsWith("k23/sdk/") && !isForHost(method)) {
                    methods.add(method);
                }
            }
        }
        return methods;
    }

    /** Templates, and what runs only in static initialisers. */
    private static boolean isForHost(MethodNode method) {
        return method.template() != null || method.name().equals("<clinit>")
                || method.owner().isEnum() && (method.isConstructor()
                || method.name().equals("valueOf") || method.name().equals("$values"));
    }

    /** The methods whose code others than compiled code refer to, or all. */
    private List<MethodNode> roots(World world) {
        List<MethodNode> roots = new ArrayList<>(world.exported());
        if (request.everything()) {
            world.methods().stream().filter(m -> m.hasCode() && !isTranslatedInPlace(m))
                    .forEach(roots::add);
        }
        return roots;
    }

    /** Record constructors, equals and hashCode exist only where they are called. */
    static boolean isTranslatedInPlace(MethodNode method) {
        return method.owner().isRecord() && (method.isConstructor()
                || method.name().equals("equals") && method.descriptor()
                .equals("(Ljava/lang/Object;)Z")
                || method.name().equals("hashCode") && method.descriptor().equals("()I")
                || method.name().equals("toString") && method.descriptor()
                .equals("()Ljava/lang/String;"));
    }

    private List<Unit> compile(World world) {
        IsaSettings settings = IsaSettings.standard().withVerifier(request.verify());
        if (request.debug()) {
            // Variables have their values where the source says so, not where it was cheaper.
            settings = settings.with("opt_level", "none");
        }
        for (Map.Entry<String, String> option : request.extensions().entrySet()) {
            settings = settings.with(option.getKey(), option.getValue());
        }
        try (Versions versions = new Versions(settings, request)) {
            ProgramCompiler compiler = new ProgramCompiler(world, versions, diagnostics, request);
            List<Unit> units = compiler.compile(roots(world), request.threads());
            craneliftTime = compiler.nativeTime();
            otherThreads = compiler.otherThreads();
            if (diagnostics.isEmpty()) {
                versions.save();
            }
            return units;
        }
    }

    private void define(List<Unit> functions, World world) {
        structures = request.debug() ? new DebugStructures(world.repository()) : null;
        List<CompileReport.Function> sizes = new ArrayList<>();
        Map<String, Integer> frames = new TreeMap<>();
        TreeSet<String> leftOut = new TreeSet<>();
        for (Unit unit : functions) {
            CompiledFunction function = unit.compiled();
            definitions.add(FunctionTranslator.define(unit.function(), function, structures));
            sizes.add(new CompileReport.Function(function.name(), function.code().length,
                    function.frameBytes()));
            frames.put(function.name(), function.frameBytes());
            leftOut.addAll(unit.function().leftOut());
        }
        StackDepths depths = new StackDepths(definitions, frames);
        List<CompileReport.StackDepth> stacks =
                world.exported().stream().map(world::symbol).sorted().map(depths::of).toList();
        report = new CompileReport(functions.size(), world.heap().strings().size(),
                world.heap().objects().size(), List.copyOf(sizes), stacks,
                List.copyOf(leftOut), depths.recursions(), regimes, null);
    }

    private void addStubs() {
        TreeMap<String, Definition> registers = new TreeMap<>();
        for (Definition definition : definitions) {
            definition.relocations().forEach(relocation -> {
                if (relocation.target().startsWith(CSR_PREFIX)) {
                    registers.computeIfAbsent(relocation.target(), Compiler::register);
                }
            });
        }
        definitions.addAll(registers.values());
        definitions.add(IntrinsicStubs.sbiCall());
        definitions.add(IntrinsicStubs.readThreadPointer());
        definitions.add(IntrinsicStubs.writeThreadPointer());
        definitions.add(IntrinsicStubs.waitForInterrupt());
        definitions.add(IntrinsicStubs.pause());
        definitions.add(IntrinsicStubs.fence());
        definitions.add(IntrinsicStubs.fenceInstructions());
        definitions.add(IntrinsicStubs.fenceTranslations());
        for (int width : new int[] {1, 4, 8}) {
            definitions.add(IntrinsicStubs.deviceRead(width));
            definitions.add(IntrinsicStubs.deviceWrite(width));
        }
    }

    private static Definition register(String symbol) {
        int dot = symbol.lastIndexOf('.');
        int number = Integer.parseInt(symbol.substring(dot + 1), 16);
        return switch (symbol.substring(CSR_PREFIX.length(), dot)) {
            case "read" -> IntrinsicStubs.csrRead(number);
            case "write" -> IntrinsicStubs.csrWrite(number);
            case "set" -> IntrinsicStubs.csrSet(number);
            case "clear" -> IntrinsicStubs.csrClear(number);
            default -> throw new IllegalArgumentException(symbol);
        };
    }

    private LinkedImage link() {
        String entry = request.entryClass() != null ? CompileRequest.ENTRY_SYMBOL
                : request.entrySymbol();
        LinkRequest.Builder link = LinkRequest.builder(entry, request.layout())
                .debug(request.debug()).addAll(definitions);
        request.roots().forEach(link::root);
        if (structures != null) {
            link.structures(structures.structures());
        }
        try {
            return Linker.link(link.build());
        } catch (LinkException e) {
            e.problems().forEach(problem ->
                    diagnostics.add(Problem.LINK, Place.NONE, problem.toString()));
            return null;
        }
    }
}
