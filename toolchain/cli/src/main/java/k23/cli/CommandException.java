package k23.cli;

import java.util.List;

/** A failure that is the user's, or the host's, to mend. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    /**
     * A failure.
     *
     * @param status the command's exit status, see {@link ExitStatus}
     * @param code {@code K23-5nnn}
     * @param message what is wrong and what to do
     */
    public CommandException(int status, String code, String message) {
        super(code + ": " + message);
        this.status = status;
    }

    private CommandException(int status, String lines) {
        super(lines);
        this.status = status;
    }

    /** A failure of which others have written the lines, each with its code. */
    public static CommandException ofLines(int status, List<String> lines) {
        return new CommandException(status, String.join("\n", lines));
    }

    /** The command's exit status. */
    public int status() {
        return status;
    }
}
