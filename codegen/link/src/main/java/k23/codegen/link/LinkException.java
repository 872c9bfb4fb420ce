package k23.codegen.link;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The definitions do not make a program: the reasons are in the user's code, not in the linker.
 * All of them are collected before this is thrown.
 */
public final class LinkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * One reason.
     *
     * @param code    its number, from 2001
     * @param message what is wrong, where, and what to do
     */
    public record Problem(int code, String message) {
        @Override
        public String toString() {
            return "K23-" + code + ": " + message;
        }
    }

    private final transient List<Problem> problems;

    LinkException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** The reasons, in the order in which the definitions were given. */
    public List<Problem> problems() {
        return problems;
    }
}
