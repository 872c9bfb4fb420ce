package k23.codegen.link;

/** A file is not an ELF file that this system can use; the message tells why. */
public final class ElfFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The number of this error, K23-2007. */
    public static final int CODE = 2007;

    ElfFormatException(String reason) {
        super("K23-" + CODE + ": malformed ELF file: " + reason);
    }
}
