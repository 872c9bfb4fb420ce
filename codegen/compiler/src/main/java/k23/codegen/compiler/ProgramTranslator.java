package k23.codegen.compiler;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import k23.codegen.compiler.diagnostic.Diagnostics;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.FunctionTranslator;
import k23.codegen.compiler.translate.FunctionTranslator.Translated;
import k23.codegen.compiler.translate.Inlining;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.compiler.world.World;

/**
 * Translates what is really called: the exported methods, then what their code calls, and so on.
 * A method that only folded branches would call is never translated.
 */
final class ProgramTranslator {
    private final World world;
    private final Diagnostics diagnostics;
    private final int threads;
    private final boolean isDebugged;
    private final Inlining inlining;
    private final Set<MethodNode> refused = ConcurrentHashMap.newKeySet();

    ProgramTranslator(World world, Diagnostics diagnostics, int threads, boolean isDebugged,
            Inlining inlining) {
        this.world = world;
        this.diagnostics = diagnostics;
        this.threads = threads;
        this.isDebugged = isDebugged;
        this.inlining = inlining;
    }

    /** The functions by symbol: the same for any number of threads. */
    List<Translated> translate(Collection<MethodNode> roots) {
        TreeMap<String, Translated> result = new TreeMap<>();
        Set<MethodNode> seen = new HashSet<>();
        List<MethodNode> wave = new ArrayList<>();
        roots.stream().filter(seen::add).forEach(wave::add);
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            while (!wave.isEmpty()) {
                wave.sort(Comparator.comparing(world::symbol));
                List<MethodNode> next = new ArrayList<>();
                for (Translated function : translate(wave, workers)) {
                    result.put(world.symbol(function.method()), function);
                    function.callees().stream().filter(seen::add).forEach(next::add);
                }
                refused.stream().flatMap(method -> world.callees(method).stream())
                        .filter(method -> !Compiler.isTranslatedInPlace(method))
                        .filter(seen::add).forEach(next::add);
                refused.clear();
                wave = next;
            }
        }
        return List.copyOf(result.values());
    }

    private List<Translated> translate(List<MethodNode> methods, ExecutorService workers) {
        List<Future<Translated>> jobs = new ArrayList<>();
        methods.forEach(method -> jobs.add(workers.submit(() -> translate(method))));
        List<Translated> result = new ArrayList<>();
        for (Future<Translated> job : jobs) {
            try {
                Translated function = job.get();
                if (function != null) {
                    result.add(function);
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        return result;
    }

    private Translated translate(MethodNode method) {
        try {
            return FunctionTranslator.translate(method, world, isDebugged, inlining);
        } catch (Refusal refusal) {
            diagnostics.add(refusal.at(method.place()));
            // What it calls may have more to say, and all is to be said at once.
            refused.add(method);
            return null;
        } catch (RuntimeException e) {
            throw new IllegalStateException("compiler bug in " + method.symbol(), e);
        }
    }
}
