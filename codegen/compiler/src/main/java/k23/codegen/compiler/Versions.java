package k23.codegen.compiler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import k23.codegen.compiler.translate.FunctionTranslator.Translated;
import k23.codegen.cranelift.CompilationCache;
import k23.codegen.cranelift.CompiledFunction;
import k23.codegen.cranelift.Cranelift;
import k23.codegen.cranelift.FunctionDescription;
import k23.codegen.cranelift.Isa;
import k23.codegen.cranelift.IsaSettings;
import k23.sdk.riscv.IsaExtension;
import k23.sdk.riscv.IsaExtensions;

/** Has Cranelift compile each function for the instruction set that it is a version for. */
final class Versions {
    private final IsaSettings settings;
    private final int threads;
    private final CompilationCache cache;

    /** {@code settings} are those of functions for no extensions of their own. */
    Versions(IsaSettings settings, CompileRequest request) {
        this.settings = settings;
        this.threads = request.threads();
        this.cache = request.cache() == null ? null : CompilationCache.open(request.cache());
    }

    /** Compiles {@code functions}; the results are in their order. */
    List<CompiledFunction> compile(List<Translated> functions) {
        TreeMap<Long, List<Integer>> groups = new TreeMap<>();
        for (int i = 0; i < functions.size(); i++) {
            groups.computeIfAbsent(functions.get(i).method().features().bits(),
                    _ -> new ArrayList<>()).add(i);
        }
        CompiledFunction[] results = new CompiledFunction[functions.size()];
        groups.forEach((features, members) -> {
            List<CompiledFunction> compiled = compile(new IsaExtensions(features), members.stream()
                    .map(functions::get).map(Translated::description).toList());
            for (int i = 0; i < members.size(); i++) {
                results[members.get(i)] = compiled.get(i);
            }
        });
        save();
        return Arrays.asList(results);
    }

    private List<CompiledFunction> compile(IsaExtensions features,
            List<FunctionDescription> functions) {
        IsaSettings chosen = settings;
        for (IsaExtension extension : IsaExtension.values()) {
            if (features.has(extension)) {
                chosen = chosen.with("has_" + extension.specName(), "true");
            }
        }
        try (Isa isa = Cranelift.load().isa(chosen)) {
            return cache == null ? isa.compile(functions, threads)
                    : isa.compile(functions, threads, cache);
        }
    }

    private void save() {
        try {
            if (cache != null) {
                cache.save();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
