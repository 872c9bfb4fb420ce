package k23.codegen.compiler.diagnostic;

import java.util.List;
import java.util.TreeSet;

/** Collects diagnostics from all threads; equal ones count once. */
public final class Diagnostics {
    private final TreeSet<Diagnostic> all = new TreeSet<>();

    /** Adds one. */
    public synchronized void add(Diagnostic diagnostic) {
        all.add(diagnostic);
    }

    /** Adds one. */
    public void add(Problem problem, Place place, String detail) {
        add(new Diagnostic(problem, place, detail));
    }

    /** Whether there is none. */
    public synchronized boolean isEmpty() {
        return all.isEmpty();
    }

    /** All so far, sorted by place. */
    public synchronized List<Diagnostic> sorted() {
        return List.copyOf(all);
    }
}
