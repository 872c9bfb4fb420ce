package k23.runtime.parse;

import k23.runtime.module.ErrorCode;
import k23.runtime.module.Features;
import k23.runtime.module.Limits;

/**
 * Passes an expression by decoding alone, without types: for constant expressions, whose end only
 * their instructions tell, and to find out whether code behind an invalid part is malformed.
 */
final class ExpressionScanner {
    private static final int FIRST_CAPACITY = 32;

    private final Instruction instruction;
    /** For each open block, whether an {@code else} may come. */
    private boolean[] elseMay = new boolean[FIRST_CAPACITY];
    private int depth;
    private int length;

    ExpressionScanner(Features features) {
        instruction = new Instruction(features);
    }

    /** The instruction that was read last. */
    Instruction instruction() {
        return instruction;
    }

    /** How many instructions the current expression has so far, its {@code end} included. */
    int length() {
        return length;
    }

    /** Begins an expression. */
    void begin() {
        depth = 0;
        length = 0;
        open(false);
    }

    /** Passes one instruction; false behind the expression's {@code end}, or when it failed. */
    boolean next(BinaryReader in) {
        if (depth == 0 || !instruction.read(in)) {
            return false;
        }
        length++;
        switch (instruction.opcode()) {
            case Opcode.BLOCK, Opcode.LOOP -> open(false);
            case Opcode.IF -> open(true);
            case Opcode.ELSE -> {
                if (!elseMay[depth - 1]) {
                    in.fail(ErrorCode.END_EXPECTED, instruction.position());
                    return false;
                }
                elseMay[depth - 1] = false;
            }
            case Opcode.END -> depth--;
            default -> { }
        }
        if (depth > Limits.NESTING) {
            in.fail(ErrorCode.LIMIT_NESTING, instruction.position());
        }
        return depth > 0 && !in.failed();
    }

    private void open(boolean mayHaveElse) {
        if (depth == elseMay.length) {
            boolean[] grown = new boolean[2 * depth];
            System.arraycopy(elseMay, 0, grown, 0, depth);
            elseMay = grown;
        }
        elseMay[depth++] = mayHaveElse;
    }
}
