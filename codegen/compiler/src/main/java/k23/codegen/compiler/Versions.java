package k23.codegen.compiler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import k23.codegen.compiler.translate.FunctionTranslator.Translated;
import k23.codegen.cranelift.CompilationCache;
import k23.codegen.cranelift.CompiledFunction;
import k23.codegen.cranelift.Cranelift;
import k23.codegen.cranelift.Isa;
import k23.codegen.cranelift.IsaSettings;
import k23.codegen.cranelift.Worker;
import k23.sdk.riscv.IsaExtension;
import k23.sdk.riscv.IsaExtensions;

/** Has Cranelift compile each function for the instruction set that it is a version for. */
final class Versions implements AutoCloseable {
    private final IsaSettings settings;
    private final LongSupplier clock;
    private final CompilationCache cache;
    private final Map<Long, Isa> sets = new HashMap<>();

    /** {@code settings} are those of functions for no extensions of their own. */
    Versions(IsaSettings settings, CompileRequest request) {
        this.settings = settings;
        this.clock = request.clock();
        this.cache = request.cache() == null ? null : CompilationCache.open(request.cache());
    }

    /** Compiles on one thread. */
    OneThread thread() {
        return new OneThread();
    }

    private synchronized Isa isa(long features) {
        return sets.computeIfAbsent(features, _ -> {
            IsaSettings chosen = settings;
            for (IsaExtension extension : IsaExtension.values()) {
                if (new IsaExtensions(features).has(extension)) {
                    chosen = chosen.with("has_" + extension.specName(), "true");
                }
            }
            return Cranelift.load().isa(chosen);
        });
    }

    /** Keeps what has been compiled for the next build. */
    void save() {
        try {
            if (cache != null) {
                cache.save();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        sets.values().forEach(Isa::close);
    }

    /** The workers of one thread. */
    final class OneThread implements AutoCloseable {
        private final Map<Long, Worker> workers = new HashMap<>();

        CompiledFunction compile(Translated function) {
            Worker worker = workers.computeIfAbsent(function.method().features().bits(),
                    features -> isa(features).worker(clock));
            return cache == null ? worker.compile(function.description())
                    : worker.compile(function.description(), cache);
        }

        /** What the clock counted within Cranelift. */
        long nativeTime() {
            return workers.values().stream().mapToLong(Worker::nativeTime).sum();
        }

        @Override
        public void close() {
            workers.values().forEach(Worker::close);
        }
    }
}
