package k23.codegen.asm;

/** A template asks for something that cannot be encoded; the message names its line. */
public final class AssemblyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** An operand is outside of its instruction's range. */
    public static final int OPERAND_RANGE = 2101;
    /** A branch or jump cannot reach its label. */
    public static final int BRANCH_RANGE = 2102;
    /** A label is used and never placed, or placed twice. */
    public static final int BAD_LABEL = 2103;

    private final int code;

    AssemblyException(int code, String message) {
        super("K23-" + code + ": " + message);
        this.code = code;
    }

    /** Its number. */
    public int code() {
        return code;
    }
}
