package k23.codegen.cranelift;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** A target with its settings, shared by any number of workers. Close it after all of them. */
public final class Isa implements AutoCloseable {
    private final Cranelift cranelift;
    private final NativeLibrary library;
    private final IsaSettings settings;
    private final MemorySegment address;
    private byte[] digest;
    private boolean closed;

    Isa(Cranelift cranelift, NativeLibrary library, IsaSettings settings,
            MemorySegment address) {
        this.cranelift = cranelift;
        this.library = library;
        this.settings = settings;
        this.address = address;
    }

    /** What this target was made of. */
    public IsaSettings settings() {
        return settings;
    }

    /** A worker for one thread at a time. */
    public Worker worker() {
        return worker(() -> 0);
    }

    /**
     * A worker for one thread at a time that measures how long it is in the library.
     *
     * @param clock asked on the worker's thread before and after each compilation
     */
    public Worker worker(LongSupplier clock) {
        return new Worker(this, new NativeWorker(library, clock));
    }

    /**
     * Compiles on several threads, each with a worker of its own. The results are in the order of
     * the descriptions, and the same for any number of threads.
     *
     * @throws CraneliftException the first function's, in their order, that fails
     */
    public List<CompiledFunction> compile(List<FunctionDescription> descriptions, int threads) {
        var results = new CompiledFunction[descriptions.size()];
        var failures = new RuntimeException[descriptions.size()];
        var next = new AtomicInteger();
        Runnable job = () -> {
            try (Worker worker = worker()) {
                for (int i = next.getAndIncrement(); i < results.length;
                        i = next.getAndIncrement()) {
                    try {
                        results[i] = worker.compile(descriptions.get(i));
                    } catch (RuntimeException e) {
                        failures[i] = e;
                    }
                }
            }
        };
        var others = new ArrayList<Thread>();
        for (int i = 1; i < Math.min(threads, results.length); i++) {
            others.add(Thread.ofPlatform().name("cranelift-" + i).start(job));
        }
        job.run();
        others.forEach(Threads::join);
        for (RuntimeException failure : failures) {
            if (failure != null) {
                throw failure;
            }
        }
        return List.of(results);
    }

    /** Of all that decides what a description becomes. */
    synchronized byte[] digest() {
        if (digest == null) {
            var sum = CompilationCache.sha256();
            sum.update(cranelift.digest());
            digest = sum.digest(settings.text().getBytes(StandardCharsets.UTF_8));
        }
        return digest;
    }

    synchronized MemorySegment address() {
        if (closed) {
            throw new IllegalStateException("the target is closed");
        }
        return address;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            library.isaFree(address);
        }
    }
}
