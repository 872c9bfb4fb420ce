package k23.codegen.link;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with the user's definitions; the codes of the linker stand here. */
final class Problems {
    /** A symbol is referred to and nobody defines it. */
    static final int UNDEFINED = 2001;
    /** Two definitions have the same name. */
    static final int DUPLICATE = 2002;
    /** A distance does not fit its instruction. */
    static final int OUT_OF_RANGE = 2003;
    /** A relocation that cannot stand where it does. */
    static final int UNSUPPORTED_RELOCATION = 2004;
    /** Fixed segments overlap or are not page aligned. */
    static final int BAD_LAYOUT = 2005;
    /** One section name is used with two kinds of access, or is reserved. */
    static final int SECTION_CONFLICT = 2006;

    private final List<LinkException.Problem> found = new ArrayList<>();

    void add(int code, String message) {
        found.add(new LinkException.Problem(code, message));
    }

    /** Ends a step: nothing that follows works on broken input. */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new LinkException(found);
        }
    }
}
