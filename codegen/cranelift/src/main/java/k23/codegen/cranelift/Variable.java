package k23.codegen.cranelift;

/**
 * A mutable variable of the front end's; the native side turns its definitions and uses into SSA
 * form.
 *
 * @param index its place in the order of declaration, from 0
 * @param type the type of every value it takes
 */
public record Variable(int index, Type type) {}
