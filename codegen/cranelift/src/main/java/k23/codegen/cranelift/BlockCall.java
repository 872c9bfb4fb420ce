package k23.codegen.cranelift;

import java.util.List;

/**
 * A jump's destination with the values of its parameters.
 *
 * @param block where to
 * @param arguments one value for each of the block's parameters
 */
public record BlockCall(Block block, List<Value> arguments) {
    /** Copies the list. */
    public BlockCall {
        arguments = List.copyOf(arguments);
    }

    /** A destination without parameters. */
    public BlockCall(Block block) {
        this(block, List.of());
    }
}
