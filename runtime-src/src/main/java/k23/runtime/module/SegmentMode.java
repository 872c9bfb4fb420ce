package k23.runtime.module;

/** When a segment is copied (Core 2.0, section 2.5.7). */
public enum SegmentMode {
    /** At instantiation. */
    ACTIVE,
    /** On {@code table.init} or {@code memory.init}. */
    PASSIVE,
    /** Never: it only declares that references to functions are taken. */
    DECLARATIVE
}
