package k23.runtime.module;

/** Why a module is refused, in the words of the specification. */
public enum ErrorKind {
    /** It is not refused. */
    NONE,
    /** The bytes are no module of the binary format (Core 2.0, section 5). */
    MALFORMED,
    /** It is a module, but not a valid one (Core 2.0, section 3). */
    INVALID,
    /** It may be valid, but exceeds one of our {@link Limits}. */
    LIMIT
}
