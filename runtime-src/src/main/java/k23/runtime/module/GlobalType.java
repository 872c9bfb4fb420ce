package k23.runtime.module;

/**
 * The type of a global.
 *
 * @param type    the type of its value
 * @param mutable whether it may be set
 */
public record GlobalType(ValueType type, boolean mutable) {}
