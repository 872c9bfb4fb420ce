package k23.runtime.module;

/**
 * An import.
 *
 * @param module where it comes from
 * @param name   its name there
 * @param kind   what it is
 * @param index  its place in the index space of its kind
 */
public record Import(Name module, Name name, ExternKind kind, int index) {}
