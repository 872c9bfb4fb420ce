package k23.codegen.cranelift;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import k23.codegen.cranelift.CompiledFunction.LabelRange;
import k23.codegen.cranelift.CompiledFunction.Place;
import k23.codegen.cranelift.CompiledFunction.Relocation;
import k23.codegen.cranelift.CompiledFunction.SourceRange;
import k23.codegen.cranelift.CompiledFunction.Target;
import k23.codegen.cranelift.CompiledFunction.TrapSite;

/** Compiles one function after another. For one thread at a time. */
public final class Worker implements AutoCloseable {
    /** How Cranelift prints a description's symbol. */
    private static final Pattern SYMBOL =
            Pattern.compile("\\b(?:u0:|userextname)(\\d+)\\b");
    private static final RelocationKind[] RELOCATION_KINDS = RelocationKind.values();

    private final Isa isa;
    private final NativeWorker worker;

    Worker(Isa isa, NativeWorker worker) {
        this.isa = isa;
        this.worker = worker;
    }

    /**
     * Compiles one function.
     *
     * @throws CraneliftException when Cranelift refuses it, with Cranelift's words
     */
    public CompiledFunction compile(FunctionDescription description) {
        try {
            return new Output(worker.compile(isa.address(), description.words()))
                    .function(description);
        } catch (CraneliftException e) {
            throw named(description, e);
        }
    }

    /**
     * Compiles one function, or finds what it came to before.
     *
     * @throws CraneliftException when Cranelift refuses it, with Cranelift's words
     */
    public CompiledFunction compile(FunctionDescription description, CompilationCache cache) {
        String key = CompilationCache.key(isa.digest(), description);
        byte[] output = cache.find(key);
        if (output == null) {
            try {
                output = worker.compile(isa.address(), description.words())
                        .toArray(ValueLayout.JAVA_BYTE);
            } catch (CraneliftException e) {
                throw named(description, e);
            }
            cache.put(key, output);
        }
        return new Output(MemorySegment.ofArray(output)).function(description);
    }

    /** Finishes the function and compiles it. */
    public CompiledFunction compile(FunctionBuilder builder) {
        return compile(builder.finish());
    }

    /** What the clock of {@link Isa#worker(java.util.function.LongSupplier)} counted so far. */
    public long nativeTime() {
        return worker.time();
    }

    /** The function as CLIF text, before Cranelift changes it. */
    public String clif(FunctionDescription description) {
        return text(description, NativeLibrary.TEXT_CLIF);
    }

    /** The function as CLIF text, after Cranelift's optimisations. */
    public String optimisedClif(FunctionDescription description) {
        return text(description, NativeLibrary.TEXT_OPTIMISED_CLIF);
    }

    /** The function as Cranelift lists its machine code. */
    public String assembly(FunctionDescription description) {
        return text(description, NativeLibrary.TEXT_ASSEMBLY);
    }

    @Override
    public void close() {
        worker.close();
    }

    private String text(FunctionDescription description, int form) {
        try {
            return withNames(description, worker.text(isa.address(), description.words(), form));
        } catch (CraneliftException e) {
            throw named(description, e);
        }
    }

    private static CraneliftException named(FunctionDescription description,
                                            CraneliftException e) {
        return new CraneliftException("cannot compile " + description.name() + ": "
                + withNames(description, e.getMessage()), e);
    }

    private static String withNames(FunctionDescription description, String text) {
        List<String> symbols = description.symbols();
        return SYMBOL.matcher(text).replaceAll(match -> {
            String digits = match.group(1);
            boolean known = digits.length() < 8 && Integer.parseInt(digits) < symbols.size();
            return Matcher.quoteReplacement(known ? "%" + symbols.get(Integer.parseInt(digits))
                    : match.group());
        });
    }

    /** Reads what {@code k23_compile} documents. */
    private static final class Output {
        private final MemorySegment output;
        private final int[] words;
        private int at;

        Output(MemorySegment output) {
            this.output = output;
            words = output.toArray(ValueLayout.JAVA_INT_UNALIGNED);
        }

        private int next() {
            return words[at++];
        }

        private long nextLong() {
            return Integer.toUnsignedLong(next()) | (long) next() << 32;
        }

        CompiledFunction function(FunctionDescription description) {
            int alignment = next();
            int frameBytes = next();
            int codeBytes = next();
            int relocationCount = next();
            int trapCount = next();
            int rangeCount = next();
            int labelCount = next();
            var code = new byte[codeBytes];
            MemorySegment.copy(output, ValueLayout.JAVA_BYTE, 4L * at, code, 0, codeBytes);
            at += codeBytes + 3 >> 2;
            var relocations = new ArrayList<Relocation>(relocationCount);
            for (int i = 0; i < relocationCount; i++) {
                relocations.add(relocation(description));
            }
            var traps = new ArrayList<TrapSite>(trapCount);
            for (int i = 0; i < trapCount; i++) {
                traps.add(new TrapSite(next(), new TrapCode(next())));
            }
            var ranges = new ArrayList<SourceRange>(rangeCount);
            for (int i = 0; i < rangeCount; i++) {
                ranges.add(new SourceRange(next(), next(),
                        FunctionDescription.location(next())));
            }
            var labels = new ArrayList<LabelRange>(labelCount);
            for (int i = 0; i < labelCount; i++) {
                labels.add(new LabelRange(next(), next(), next(), place()));
            }
            return new CompiledFunction(description.name(), code, alignment, relocations, traps,
                    ranges, labels, frameBytes);
        }

        private Place place() {
            return next() != 0 ? new Place.Frame(next()) : new Place.Register(next());
        }

        private Relocation relocation(FunctionDescription description) {
            int offset = next();
            RelocationKind kind = RELOCATION_KINDS[next()];
            boolean isLabel = next() != 0;
            int target = next();
            return new Relocation(offset, kind, isLabel ? new Target.Label(target)
                    : new Target.Symbol(description.symbols().get(target)), nextLong());
        }
    }
}
