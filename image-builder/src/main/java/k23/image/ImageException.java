package k23.image;

import java.util.List;
import java.util.stream.Collectors;

/** What the user gave is not, or cannot become, a good image: all the reasons, by place. */
public final class ImageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /** An exception for {@code problems}, at least one. */
    public ImageException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** An exception for one problem. */
    public ImageException(String code, String place, String message) {
        this(List.of(new Problem(code, place, message)));
    }

    /** The reasons. */
    public List<Problem> problems() {
        return problems;
    }
}
