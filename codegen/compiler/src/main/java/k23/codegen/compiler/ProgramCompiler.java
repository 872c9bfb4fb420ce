package k23.codegen.compiler;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import k23.codegen.compiler.diagnostic.Diagnostics;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.FunctionTranslator;
import k23.codegen.compiler.translate.FunctionTranslator.Translated;
import k23.codegen.compiler.translate.Inlining;
import k23.codegen.compiler.translate.Methods;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.compiler.world.World;
import k23.codegen.cranelift.CompiledFunction;
import k23.codegen.cranelift.CraneliftException;
import k23.codegen.cranelift.Threads;

/**
 * Compiles what is really called: the exported methods, then what their code calls, and so on. A
 * method that only folded branches would call is never translated. Each thread takes a few methods
 * at a time from the bytecode to machine code, so that none waits for another's stage.
 */
final class ProgramCompiler {
    /** So many methods at a time: the translator and Cranelift push each other from the caches. */
    private static final int BATCH = 16;

    private final World world;
    private final Versions versions;
    private final Methods methods;
    private final Diagnostics diagnostics;
    private final boolean isDebugged;
    private final Inlining inlining;
    private final LongSupplier clock;
    private final Set<MethodNode> seen = new HashSet<>();
    private final Deque<MethodNode> work = new ArrayDeque<>();
    private final TreeMap<String, Unit> units = new TreeMap<>();
    private final TreeMap<String, RuntimeException> failures = new TreeMap<>();
    private int threads;
    private int busy;
    private long nativeTime;
    private long otherThreads;

    /**
     * A method and its machine code.
     *
     * @param function what was translated
     * @param compiled what Cranelift made of it
     */
    record Unit(Translated function, CompiledFunction compiled) {}

    ProgramCompiler(World world, Versions versions, Diagnostics diagnostics,
            CompileRequest request) {
        this.world = world;
        this.versions = versions;
        methods = new Methods(world);
        this.diagnostics = diagnostics;
        isDebugged = request.debug();
        inlining = request.compact() ? Inlining.SMALL_CODE : Inlining.FAST_CODE;
        clock = request.clock();
    }

    /** The functions by symbol, the same for any number of threads; none where one is refused. */
    List<Unit> compile(Collection<MethodNode> roots, int threads) {
        roots.stream().filter(seen::add).sorted(Comparator.comparing(world::symbol))
                .forEach(work::add);
        this.threads = threads;
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            others.add(Thread.ofPlatform().name("compiler-" + i).start(() -> {
                long start = clock.getAsLong();
                run();
                finish(clock.getAsLong() - start);
            }));
        }
        run();
        others.forEach(Threads::join);
        if (!failures.isEmpty()) {
            throw failures.firstEntry().getValue();
        }
        return diagnostics.isEmpty() ? List.copyOf(units.values()) : List.of();
    }

    /** What the clock counted within Cranelift. */
    long nativeTime() {
        return nativeTime;
    }

    /** What the clock counted on other threads than the caller's. */
    long otherThreads() {
        return otherThreads;
    }

    private void run() {
        try (Versions.OneThread worker = versions.thread()) {
            for (var batch = take(List.of()); !batch.isEmpty(); batch = take(batch)) {
                translate(batch).forEach(function -> compile(worker, function));
            }
            synchronized (this) {
                nativeTime += worker.nativeTime();
            }
        }
    }

    private synchronized void finish(long time) {
        otherThreads += time;
    }

    /** The next methods, or none when there will be none; {@code done} are the last ones. */
    private synchronized List<MethodNode> take(List<MethodNode> done) {
        if (!done.isEmpty()) {
            busy--;
        }
        try {
            while (work.isEmpty() && busy > 0) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("", new IllegalStateException("interrupted", e));
        }
        if (work.isEmpty() || !failures.isEmpty()) {
            notifyAll();
            return List.of();
        }
        busy++;
        // Some are left for each of the other threads.
        int count = Math.min(BATCH, (work.size() + threads - 1) / threads);
        return Stream.generate(work::remove).limit(count).toList();
    }

    private synchronized void fail(String symbol, RuntimeException failure) {
        failures.put(symbol, failure);
        work.clear();
    }

    private synchronized void need(Collection<MethodNode> methods) {
        for (MethodNode method : methods) {
            if (seen.add(method)) {
                work.add(method);
            }
        }
        notifyAll();
    }

    private List<Translated> translate(List<MethodNode> batch) {
        List<Translated> result = new ArrayList<>();
        for (MethodNode method : batch) {
            try {
                Translated function =
                        FunctionTranslator.translate(method, world, methods, isDebugged, inlining);
                need(function.callees());
                result.add(function);
            } catch (Refusal refusal) {
                diagnostics.add(refusal.at(method.place()));
                // What it calls may have more to say, and all is to be said at once.
                need(world.callees(method).stream()
                        .filter(callee -> !Compiler.isTranslatedInPlace(callee)).toList());
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                fail(method, e);
            }
        }
        return result;
    }

    private void compile(Versions.OneThread worker, Translated function) {
        try {
            // Where something is refused, the translations alone still count: for what they refuse.
            CompiledFunction compiled = diagnostics.isEmpty() ? worker.compile(function) : null;
            synchronized (this) {
                units.put(world.symbol(function.method()), new Unit(function, compiled));
            }
        } catch (CraneliftException e) {
            fail(function.method().symbol(), e);
        } catch (RuntimeException | OutOfMemoryError e) {
            fail(function.method(), e);
        }
    }

    private void fail(MethodNode method, Throwable bug) {
        fail(method.symbol(), new IllegalStateException("compiler bug in " + method.symbol(),
                bug));
    }
}
