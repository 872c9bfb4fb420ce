package k23.codegen.compiler.diagnostic;

/**
 * Stops the work on one method because the user's code is outside of the dialect. Whoever knows
 * the place turns it into a {@link Diagnostic}.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Problem problem;
    private final Place place;

    /** A refusal at a place that the catcher knows. */
    public Refusal(Problem problem, String detail) {
        this(problem, null, detail);
    }

    /** A refusal at {@code place}. */
    public Refusal(Problem problem, Place place, String detail) {
        super(detail, null, false, false);
        this.problem = problem;
        this.place = place;
    }

    /** The refusal that {@code diagnostic} tells. */
    public Refusal(Diagnostic diagnostic) {
        this(diagnostic.problem(), diagnostic.place(), diagnostic.detail());
    }

    /** What is refused. */
    public Problem problem() {
        return problem;
    }

    /** Whether it tells where it happened. */
    public boolean hasPlace() {
        return place != null;
    }

    /** Its problem and detail in one line. */
    public String summary() {
        return "K23-%d %s: %s".formatted(problem.code(), problem.title(), getMessage());
    }

    /** The diagnostic, at this refusal's own place or else at {@code fallback}. */
    public Diagnostic at(Place fallback) {
        return new Diagnostic(problem, place != null ? place : fallback, getMessage());
    }
}
