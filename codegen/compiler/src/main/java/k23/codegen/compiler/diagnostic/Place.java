package k23.codegen.compiler.diagnostic;

/**
 * A place in the user's program.
 *
 * @param file   source file name without folders; empty when unknown
 * @param line   line from 1, 0 when unknown
 * @param method what a backtrace shows, for example {@code Console.write}; empty when unknown
 */
public record Place(String file, int line, String method) implements Comparable<Place> {
    /** No place in particular. */
    public static final Place NONE = new Place("", 0, "");

    @Override
    public int compareTo(Place other) {
        int order = file.compareTo(other.file);
        if (order == 0) {
            order = Integer.compare(line, other.line);
        }
        return order != 0 ? order : method.compareTo(other.method);
    }

    @Override
    public String toString() {
        String where = file.isEmpty() ? "" : line > 0 ? file + ":" + line : file;
        String in = method.isEmpty() ? "" : where.isEmpty() ? method : " (" + method + ")";
        return where + in;
    }
}
