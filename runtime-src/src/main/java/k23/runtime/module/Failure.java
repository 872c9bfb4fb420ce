package k23.runtime.module;

/**
 * What is wrong with a module and where.
 *
 * @param code   what
 * @param detail the unknown index or the illegal opcode, or -1 when the code says it all
 * @param offset where: bytes from the start of the module
 */
public record Failure(ErrorCode code, long detail, int offset) {
    /** Nothing is wrong. */
    public static final Failure NONE = new Failure(ErrorCode.NONE, -1, 0);

    private static final String HEX = "0123456789abcdef";

    /** Whether something is wrong. */
    public boolean isError() {
        return code != ErrorCode.NONE;
    }

    /** Malformed, invalid, or beyond a limit. */
    public ErrorKind kind() {
        return code.kind();
    }

    /** The message as the reference interpreter prints it, for example {@code unknown local 3}. */
    public String message() {
        if (detail < 0) {
            return code.text();
        }
        if (code == ErrorCode.ILLEGAL_OPCODE) {
            String digits = "" + HEX.charAt((int) (detail >>> 4) & 15)
                    + HEX.charAt((int) detail & 15);
            return code.text() + " " + digits;
        }
        return code.text() + " " + detail;
    }
}
