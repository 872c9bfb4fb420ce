package k23.codegen.link;

import java.util.Objects;

/**
 * A second name for a place inside a definition, for example an entry behind a header.
 *
 * @param name   the symbol's name, unique among all global names of the link
 * @param offset in bytes from the definition's start, at most its size
 */
public record InnerSymbol(String name, long offset) {

    /** Checks the name. */
    public InnerSymbol {
        Objects.requireNonNull(name, "name");
        if (offset < 0) {
            throw new IllegalArgumentException("negative offset " + offset);
        }
    }
}
