package k23.codegen.asm;

/** A template that asks for an instruction which does not exist: a bug of the template. */
public final class AssemblyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The template {@code symbol} went wrong at byte {@code offset}. */
    public AssemblyException(String symbol, int offset, String what) {
        super("K23-2101 template " + symbol + " at +0x" + Integer.toHexString(offset) + ": "
                + what);
    }
}
