package k23.codegen.compiler.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.compiler.world.World;
import k23.codegen.cranelift.CompiledFunction;
import k23.codegen.cranelift.CompiledFunction.Target;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.FunctionDescription;
import k23.codegen.cranelift.RelocationKind;
import k23.codegen.cranelift.TrapCode;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.Definition;
import k23.codegen.link.Location;
import k23.codegen.link.Relocation;
import k23.codegen.link.SourceRange;
import k23.codegen.link.TrapKind;
import k23.codegen.link.TrapSite;

/** Translates one method to a function, and what Cranelift makes of it to a definition. */
public final class FunctionTranslator {
    /**
     * What Cranelift lists and never happens: the overflow of a division (see
     * ArithmeticInstructions.divide), a fault of an atomic access, whose address has been checked
     * (see AtomicAccess), and a trap of a saturating conversion, which the machine does not have.
     */
    private static final Set<TrapCode> NEVER = Set.of(TrapCode.INTEGER_OVERFLOW,
            TrapCode.HEAP_OUT_OF_BOUNDS, TrapCode.BAD_CONVERSION_TO_INTEGER);

    private FunctionTranslator() {}

    /**
     * A function that is ready for Cranelift.
     *
     * @param method      the method
     * @param description what Cranelift compiles
     * @param traps       why trap codes trap, from code 1 on
     * @param locations   the source locations by number
     * @param callees     the methods that it calls
     * @param leftOut     the paths of the JDK's code that trap instead, and why
     * @param debug       the local variables, or null
     * @param isExported  whether other tools see its symbol
     */
    public record Translated(MethodNode method, FunctionDescription description,
            List<FunctionCode.Trap> traps, List<Location> locations,
            Set<MethodNode> callees, List<String> leftOut, DebugVariables debug,
            boolean isExported) {}

    /**
     * Translates {@code method}, with its local variables for debuggers if {@code isDebugged}; a
     * {@link Refusal} when it is outside of the dialect.
     */
    public static Translated translate(MethodNode method, World world, Methods methods,
            boolean isDebugged, Inlining inlining) {
        MethodFacts facts = methods.of(method);
        Abi abi = facts.ownAbi();
        FunctionBuilder f = new FunctionBuilder(facts.symbol(), abi.signature());
        FunctionCode code = new FunctionCode(f, world, methods, isDebugged, inlining,
                method.features());
        Iterator<Value> words = f.entry().stream().map(word ->
                word.type() == Type.I32 ? f.sextend(Type.I64, word) : word).toList().iterator();
        Value pointer = abi.inMemory() ? words.next() : null;
        List<Operand> arguments = new ArrayList<>();
        for (JavaType type : abi.parameters()) {
            Operand argument = code.received(type, words);
            boolean isThis = arguments.isEmpty() && !method.isStatic()
                    && type instanceof ReferenceType;
            // Callers have checked the receiver.
            arguments.add(isThis ? Operand.Reference.nonNull(
                    ((Operand.Reference) argument).value(), ((ReferenceType) type).name())
                    : argument);
        }
        new Activation(code, facts, null, new Returns.FromFunction(code, abi, pointer))
                .run(arguments);
        return new Translated(method, f.finish(), code.traps(), code.locations(),
                code.callees(), code.leftOut(), code.debug(), facts.isExported());
    }

    /**
     * The linker's definition of a compiled function.
     *
     * <p>For debuggers it has all source ranges and the variables, otherwise only the ranges with a
     * call or a trap, which is what backtraces name.
     *
     * @param structures takes the types of the variables; null when nobody debugs
     */
    public static Definition define(Translated function, CompiledFunction compiled,
            DebugStructures structures) {
        Definition.Builder builder = Definition.function(compiled.name(), compiled.code())
                .alignment(Math.max(2, compiled.alignment()));
        if (function.isExported) {
            builder.global();
        }
        compiled.relocations().forEach(r -> builder.relocation(relocation(compiled, r)));
        compiled.traps().stream().filter(t -> !NEVER.contains(t.code()))
                .forEach(t -> builder.trap(trap(function, t)));
        addRanges(function, compiled, structures != null, builder);
        if (structures != null) {
            builder.variables(function.debug.places(compiled, structures));
        }
        return builder.build();
    }

    private static void addRanges(Translated function, CompiledFunction compiled,
            boolean everyLine, Definition.Builder builder) {
        int[] places = places(compiled);
        Location last = null;
        int end = 0;
        for (CompiledFunction.SourceRange range : compiled.sourceRanges()) {
            if (everyLine && range.start() > end) {
                builder.range(end, null);
                last = null;
            }
            end = range.end();
            Location location = range.location() < 0 ? null
                    : function.locations.get(range.location());
            int found = Arrays.binarySearch(places, range.start());
            int place = found < 0 ? -1 - found : found;
            boolean isNamed = everyLine || last == null
                    || place < places.length && places[place] < range.end();
            // Each is in the function's list once.
            if (isNamed && location != null && location != last) {
                builder.range(range.start(), location);
                last = location;
            }
        }
    }

    /** The offsets of traps and calls, ascending. */
    private static int[] places(CompiledFunction compiled) {
        int[] places = new int[compiled.traps().size() + compiled.relocations().size()];
        int count = 0;
        for (CompiledFunction.TrapSite trap : compiled.traps()) {
            places[count++] = trap.offset();
        }
        for (CompiledFunction.Relocation relocation : compiled.relocations()) {
            if (relocation.kind() == RelocationKind.CALL_PLT) {
                places[count++] = relocation.offset();
            }
        }
        int[] result = Arrays.copyOf(places, count);
        Arrays.sort(result);
        return result;
    }

    private static Relocation relocation(CompiledFunction compiled,
            CompiledFunction.Relocation relocation) {
        int offset = relocation.offset();
        return switch (relocation.target()) {
            case Target.Symbol(String name) -> switch (relocation.kind()) {
                case CALL_PLT -> Relocation.callPlt(offset, name);
                case GOT_HI20 -> Relocation.gotHi20(offset, name, relocation.addend());
                case ABSOLUTE_64 -> Relocation.abs64(offset, name, relocation.addend());
                case PCREL_LO12_I -> throw new IllegalStateException(relocation.toString());
            };
            case Target.Label(int label) -> switch (relocation.kind()) {
                case PCREL_LO12_I -> Relocation.pcrelLo12I(offset, label);
                default -> throw new IllegalStateException(compiled.name() + ": " + relocation);
            };
        };
    }

    private static TrapSite trap(Translated function, CompiledFunction.TrapSite site) {
        TrapCode code = site.code();
        if (code.code() <= TrapCode.LAST_USER_CODE) {
            FunctionCode.Trap trap = function.traps.get(code.code() - 1);
            return new TrapSite(site.offset(), trap.kind().code(), trap.message());
        }
        if (code.equals(TrapCode.INTEGER_DIVISION_BY_ZERO)) {
            return TrapSite.of(site.offset(), TrapKind.DIVIDE_BY_ZERO);
        }
        if (code.equals(TrapCode.STACK_OVERFLOW)) {
            return TrapSite.of(site.offset(), TrapKind.STACK_OVERFLOW);
        }
        throw new IllegalStateException(function.method() + ": trap code " + code.code());
    }
}
