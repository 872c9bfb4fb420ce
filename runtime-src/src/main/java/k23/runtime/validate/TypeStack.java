package k23.runtime.validate;

import k23.runtime.module.ErrorCode;
import k23.runtime.module.FunctionType;
import k23.runtime.module.Limits;
import k23.runtime.module.ValueType;
import k23.runtime.parse.BinaryReader;
import k23.runtime.parse.Opcode;

/**
 * The two stacks of the validation algorithm (Core 2.0, appendix 7.3): types of the operands, and
 * open blocks. In code that cannot be reached, operands that are not there have the type
 * {@link ValueType#UNKNOWN}, which fits everywhere. Errors go to the reader, at the instruction.
 */
final class TypeStack {
    private static final int FIRST_OPERANDS = 64;
    private static final int FIRST_FRAMES = 16;

    private final BinaryReader in;
    private int position;

    private int[] operands = new int[FIRST_OPERANDS];
    private int height;
    /** Of the innermost block: operands below belong to outer ones. */
    private int base;

    private int[] openers = new int[FIRST_FRAMES];
    private FunctionType[] types = new FunctionType[FIRST_FRAMES];
    private int[] heights = new int[FIRST_FRAMES];
    /** Whether the rest of the block cannot be reached. */
    private boolean[] cut = new boolean[FIRST_FRAMES];
    /** Whether the start of the block can be reached. */
    private boolean[] entered = new boolean[FIRST_FRAMES];
    private int depth;

    TypeStack(BinaryReader in) {
        this.in = in;
    }

    /** Empties both stacks. */
    void clear() {
        height = 0;
        base = 0;
        depth = 0;
    }

    /** Sets where errors are found from now on. */
    void at(int index) {
        position = index;
    }

    void fail(ErrorCode code) {
        in.fail(code, position);
    }

    void failUnknown(ErrorCode code, int index) {
        in.fail(code, index & 0xffff_ffffL, position);
    }

    // Operands

    int height() {
        return height;
    }

    /** The code of the operand with so many above it, in the innermost block or not. */
    int operand(int above) {
        return operands[height - 1 - above];
    }

    void push(int code) {
        if (height == operands.length) {
            if (height >= Limits.OPERANDS) {
                fail(ErrorCode.LIMIT_OPERANDS);
                return;
            }
            int[] grown = new int[2 * height];
            System.arraycopy(operands, 0, grown, 0, height);
            operands = grown;
        }
        operands[height++] = code;
    }

    /** Takes an operand that must fit a type and returns the type that it has. */
    int pop(int expected) {
        if (height > base) {
            int actual = operands[--height];
            if (actual != expected && !fits(actual, expected)) {
                fail(ErrorCode.TYPE_MISMATCH);
            }
            return actual;
        }
        return missing();
    }

    /** Takes an operand of any type and returns its type. */
    int popAny() {
        return height > base ? operands[--height] : missing();
    }

    private int missing() {
        if (!cut[depth - 1]) {
            fail(ErrorCode.TYPE_MISMATCH);
        }
        return ValueType.UNKNOWN.code();
    }

    private static boolean fits(int actual, int expected) {
        return actual == expected || actual == ValueType.UNKNOWN.code()
                || expected == ValueType.UNKNOWN.code();
    }

    void pushParameters(FunctionType type) {
        for (int i = 0; i < type.parameterCount(); i++) {
            push(type.parameterCode(i));
        }
    }

    void pushResults(FunctionType type) {
        for (int i = 0; i < type.resultCount(); i++) {
            push(type.resultCode(i));
        }
    }

    void popParameters(FunctionType type) {
        for (int i = type.parameterCount() - 1; i >= 0; i--) {
            pop(type.parameterCode(i));
        }
    }

    void popResults(FunctionType type) {
        for (int i = type.resultCount() - 1; i >= 0; i--) {
            pop(type.resultCode(i));
        }
    }

    // Blocks

    int depth() {
        return depth;
    }

    int opener(int label) {
        return openers[depth - 1 - label];
    }

    FunctionType type(int label) {
        return types[depth - 1 - label];
    }

    int height(int label) {
        return heights[depth - 1 - label];
    }

    /** Whether the instruction that comes next can be reached. */
    boolean isReachable() {
        return depth > 0 && entered[depth - 1] && !cut[depth - 1];
    }

    /** Opens the body of a function, where only its results count. */
    void openBody(FunctionType type) {
        depth = 0;
        open(FunctionWalk.BODY, type, false);
    }

    /** Opens a block, whose parameters were taken from the stack and come back into it. */
    void open(int opener, FunctionType type) {
        open(opener, type, true);
    }

    private void open(int opener, FunctionType type, boolean takesParameters) {
        if (depth == Limits.NESTING) {
            fail(ErrorCode.LIMIT_NESTING);
            return;
        }
        if (depth == openers.length) {
            growFrames();
        }
        entered[depth] = depth == 0 || isReachable();
        cut[depth] = false;
        openers[depth] = opener;
        types[depth] = type;
        heights[depth] = height;
        base = height;
        depth++;
        if (takesParameters) {
            pushParameters(type);
        }
    }

    /** Closes the innermost block with nothing but its results on the stack, and takes them. */
    FunctionType close() {
        FunctionType type = types[depth - 1];
        popResults(type);
        if (height != base) {
            fail(ErrorCode.TYPE_MISMATCH);
        }
        depth--;
        base = depth > 0 ? heights[depth - 1] : 0;
        return type;
    }

    /** The rest of the innermost block cannot be reached. */
    void cut() {
        height = base;
        cut[depth - 1] = true;
    }

    private void growFrames() {
        int size = 2 * depth;
        int[] grownOpeners = new int[size];
        System.arraycopy(openers, 0, grownOpeners, 0, depth);
        openers = grownOpeners;
        var grownTypes = new FunctionType[size];
        System.arraycopy(types, 0, grownTypes, 0, depth);
        types = grownTypes;
        int[] grownHeights = new int[size];
        System.arraycopy(heights, 0, grownHeights, 0, depth);
        heights = grownHeights;
        boolean[] grownCut = new boolean[size];
        System.arraycopy(cut, 0, grownCut, 0, depth);
        cut = grownCut;
        boolean[] grownEntered = new boolean[size];
        System.arraycopy(entered, 0, grownEntered, 0, depth);
        entered = grownEntered;
    }

    // Labels

    /** Whether there is such a label; otherwise it fails. */
    boolean hasLabel(int label) {
        if (Integer.compareUnsigned(label, depth) < 0) {
            return true;
        }
        failUnknown(ErrorCode.UNKNOWN_LABEL, label);
        return false;
    }

    /** How many operands a branch to a label takes. */
    int arity(int label) {
        return opener(label) == Opcode.LOOP ? type(label).parameterCount()
                : type(label).resultCount();
    }

    void popLabel(int label) {
        if (opener(label) == Opcode.LOOP) {
            popParameters(type(label));
        } else {
            popResults(type(label));
        }
    }

    void pushLabel(int label) {
        if (opener(label) == Opcode.LOOP) {
            pushParameters(type(label));
        } else {
            pushResults(type(label));
        }
    }

    /** Fails unless the upper operands, which stay, are what a branch to the label takes. */
    void peekLabel(int label) {
        FunctionType type = type(label);
        boolean loop = opener(label) == Opcode.LOOP;
        int count = arity(label);
        int at = height;
        for (int i = count - 1; i >= 0; i--) {
            if (at == base) {
                missing();
                return;
            }
            at--;
            int expected = loop ? type.parameterCode(i) : type.resultCode(i);
            if (!fits(operands[at], expected)) {
                fail(ErrorCode.TYPE_MISMATCH);
            }
        }
    }
}
