package k23.runtime.module;

/** What an import or export stands for; the ordinal is its byte in the binary format. */
public enum ExternKind {
    /** A function. */
    FUNCTION,
    /** A table. */
    TABLE,
    /** A linear memory. */
    MEMORY,
    /** A global. */
    GLOBAL
}
