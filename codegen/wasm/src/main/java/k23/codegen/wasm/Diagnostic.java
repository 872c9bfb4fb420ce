package k23.codegen.wasm;

/**
 * What is wrong with a user's module.
 *
 * @param code    its number, 3001 to 3999
 * @param place   the module's name, and where in it
 * @param message what is wrong and what to do
 */
public record Diagnostic(int code, String place, String message)
        implements Comparable<Diagnostic> {
    /** The binary is not a module, or not a valid one. */
    public static final int INVALID = 3001;
    /** A valid module uses what this compiler does not support. */
    public static final int UNSUPPORTED = 3002;
    /** An import that nobody offers. */
    public static final int UNKNOWN_IMPORT = 3101;
    /** An import that is there with another type. */
    public static final int INCOMPATIBLE_IMPORT = 3102;
    /** The module is not a program: it exports no {@code _start}. */
    public static final int NO_START = 3103;

    @Override
    public int compareTo(Diagnostic other) {
        int byPlace = place.compareTo(other.place);
        int byCode = byPlace != 0 ? byPlace : Integer.compare(code, other.code);
        return byCode != 0 ? byCode : message.compareTo(other.message);
    }

    @Override
    public String toString() {
        return "K23-" + code + ": " + place + ": " + message;
    }
}
