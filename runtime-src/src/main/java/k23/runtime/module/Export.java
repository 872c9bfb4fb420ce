package k23.runtime.module;

/**
 * An export.
 *
 * @param name  its name
 * @param kind  what it is
 * @param index its place in the index space of its kind
 */
public record Export(Name name, ExternKind kind, int index) {}
