package k23.runtime.module;

/**
 * The type of a table.
 *
 * @param element the type of its elements, a reference
 * @param limits  its size in elements
 */
public record TableType(ValueType element, SizeLimits limits) {}
