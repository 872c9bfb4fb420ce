package k23.runtime.module;

/**
 * Where the code of a function lies: locals, then instructions with the final {@code end}. Not
 * looked into by the parser; {@link k23.runtime.validate.FunctionWalk} decodes it.
 *
 * @param start index of its first byte in {@link Module#bytes}
 * @param end   index behind its last byte
 */
public record Body(int start, int end) {}
