package k23.codegen.cranelift;

/**
 * A basic block of the function that is being built. Holding one proves only that it exists:
 * whether it has been filled is the {@link FunctionBuilder}'s knowledge.
 *
 * @param index its place in the order of creation, from 0
 */
public record Block(int index) {
    @Override
    public String toString() {
        return "block" + index;
    }
}
