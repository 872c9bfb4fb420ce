package k23.codegen.cranelift;

/** What the native library answered instead of a result, or why there is no library to ask. */
public final class CraneliftException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With the library's own words, or with a {@code K23-5xxx} code where the user can act. */
    public CraneliftException(String message) {
        super(message);
    }

    /** With a cause. */
    public CraneliftException(String message, Throwable cause) {
        super(message, cause);
    }
}
