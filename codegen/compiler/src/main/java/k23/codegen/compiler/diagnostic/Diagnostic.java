package k23.codegen.compiler.diagnostic;

/**
 * One thing that is wrong with the user's program.
 *
 * @param problem what kind
 * @param place   where
 * @param detail  what exactly: the name of a class, a chain of calls
 */
public record Diagnostic(Problem problem, Place place, String detail)
        implements Comparable<Diagnostic> {
    @Override
    public int compareTo(Diagnostic other) {
        int order = place.compareTo(other.place);
        if (order == 0) {
            order = problem.compareTo(other.problem);
        }
        return order != 0 ? order : detail.compareTo(other.detail);
    }

    @Override
    public String toString() {
        String where = place.toString();
        return (where.isEmpty() ? "" : where + ": ") + "K23-" + problem.code() + ": "
                + problem.title() + ": " + detail + "\n    why: " + problem.why()
                + "\n    do: " + problem.advice();
    }
}
