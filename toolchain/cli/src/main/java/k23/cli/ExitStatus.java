package k23.cli;

/** What the command's own failures end with; a program's status is passed through as it is. */
public final class ExitStatus {
    private ExitStatus() {}

    /** Done. */
    public static final int OK = 0;
    /** The command line is wrong. */
    public static final int USAGE = 64;
    /** An input is wrong: a manifest, a program, an image, a signature. */
    public static final int DATA = 65;
    /** An input is not there. */
    public static final int NO_INPUT = 66;
    /** The host lacks something. */
    public static final int UNAVAILABLE = 69;
    /** A bug of ours. */
    public static final int BUG = 70;
    /** A file cannot be written. */
    public static final int CANNOT_CREATE = 73;
    /** The time limit ended the machine, as with {@code timeout(1)}. */
    public static final int TIMEOUT = 124;
}
