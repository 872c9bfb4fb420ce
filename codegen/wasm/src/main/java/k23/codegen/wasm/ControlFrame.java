package k23.codegen.wasm;

import java.util.List;
import k23.codegen.cranelift.Block;
import k23.codegen.cranelift.Value;

/** A block, loop or if that is open, or the function's body. */
final class ControlFrame {
    /** What opened it. */
    enum Kind { BODY, BLOCK, LOOP, IF, ELSE }

    private final FunctionType type;
    private final int height;
    private final boolean entered;
    private final List<Value> parameters;
    private Kind kind;
    private Block end;
    private List<Value> endValues;
    private Block other;

    /**
     * Opens a frame.
     *
     * @param kind       what opens it
     * @param type       the operands that it takes and leaves
     * @param height     the number of operands below its own
     * @param parameters the operands that it takes
     * @param entered    whether its start can be reached
     */
    ControlFrame(Kind kind, FunctionType type, int height, List<Value> parameters,
            boolean entered) {
        this.kind = kind;
        this.type = type;
        this.height = height;
        this.parameters = parameters;
        this.entered = entered;
    }

    Kind kind() {
        return kind;
    }

    void becomeElse() {
        kind = Kind.ELSE;
    }

    FunctionType type() {
        return type;
    }

    int height() {
        return height;
    }

    List<Value> parameters() {
        return parameters;
    }

    boolean isEntered() {
        return entered;
    }

    /** What a branch to this frame takes. */
    List<ValueType> branchTypes() {
        return kind == Kind.LOOP ? type.parameters() : type.results();
    }

    /** Where a loop starts; where an if goes on when its condition is 0. */
    Block other() {
        return other;
    }

    void other(Block block) {
        other = block;
    }

    /** What is behind the frame, or null while nothing jumps there. */
    Block end() {
        return end;
    }

    void end(Block block, List<Value> values) {
        end = block;
        endValues = values;
    }

    /** The parameters of {@link #end}: the operands that the frame leaves. */
    List<Value> endValues() {
        return endValues;
    }
}
