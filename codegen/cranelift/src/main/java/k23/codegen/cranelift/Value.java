package k23.codegen.cranelift;

/**
 * An SSA value of the function that is being built.
 *
 * @param index its place in the order of definition, from 0
 * @param type its type
 */
public record Value(int index, Type type) {
    @Override
    public String toString() {
        return "v" + index + ":" + type.clifName();
    }
}
