package k23.codegen.compiler.world;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.LongSupplier;
import k23.codegen.cranelift.Threads;

/**
 * Reads ahead of the analysis on a thread of its own: class files, and the code of methods that
 * have been reached. Whatever it finds the analysis would find as well, only later: the result is
 * the same without it.
 */
public final class ReadAhead implements AutoCloseable {
    private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean isDone;
    private volatile long time;

    /** Reads where {@code isWanted}; {@code clock} tells the thread's processor time. */
    public ReadAhead(boolean isWanted, LongSupplier clock) {
        thread = !isWanted ? null : Thread.ofPlatform().name("compiler-reader").start(() -> {
            long start = clock.getAsLong();
            run();
            time = clock.getAsLong() - start;
        });
    }

    private void run() {
        try {
            while (!isDone) {
                work.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has {@code step} done; what it throws the analysis will meet itself. */
    public void submit(Runnable step) {
        if (thread != null) {
            work.add(() -> {
                try {
                    step.run();
                } catch (RuntimeException _) {
                    // The analysis comes to it, and can say where.
                }
            });
        }
    }

    /** Reads {@code names}, the last one first: the analysis begins at the other end. */
    public void classes(ClassRepository repository, List<String> names) {
        names.reversed().forEach(name -> submit(() -> repository.find(name)));
    }

    /** Reads the code of {@code method}, and finds out what it calls. */
    void code(MethodNode method, CallResolver resolver) {
        if (thread != null && method.hasCode()) {
            submit(() -> {
                Bytecode code = method.bytecode();
                List<Instruction> instructions = code.instructions();
                for (int i = 0; i < instructions.size() && !isDone; i++) {
                    if (instructions.get(i).opcode().kind() == Opcode.Kind.INVOKE) {
                        code.invocation(i, resolver);
                    }
                }
            });
        }
    }

    /** What the clock counted; known when it is closed. */
    public long time() {
        return time;
    }

    /** Ends the thread. */
    @Override
    public void close() {
        if (thread == null) {
            return;
        }
        isDone = true;
        work.add(() -> { });
        Threads.join(thread);
    }
}
