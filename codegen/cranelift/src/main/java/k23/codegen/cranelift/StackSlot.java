package k23.codegen.cranelift;

/**
 * A piece of the function's stack frame with an address of its own. Its content is undefined at
 * entry.
 *
 * @param index its place in the order of creation, from 0
 * @param bytes its size
 * @param align its alignment in bytes, a power of two from 1 to 16
 */
public record StackSlot(int index, int bytes, int align) {}
