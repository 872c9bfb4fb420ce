package k23.loader.crypto;

import java.math.BigInteger;
import k23.sdk.NoInline;

/**
 * A machine whose registers are field elements and whose programs are data: operations with the
 * numbers of their registers. The formulas of a curve would be a lot of code that runs for the
 * first time in every boot, most of it moving limbs about; this is one multiplication and one loop.
 * All registers are narrow (see {@link FieldElement}).
 */
final class FieldMachine {
    /** Operation: the product of two registers. */
    static final int MULTIPLY = 0;
    /** Operation: the sum of two registers. */
    static final int ADD = 1;
    /** Operation: the difference of two registers. */
    static final int SUBTRACT = 2;
    /** Operation: one register squared as often as the second operand says, at least once. */
    static final int SQUARE = 3;
    /** Added to an operation: the second operand counts from a register given at the call. */
    static final int RELATIVE = 4;

    /** How many registers there are. */
    static final int REGISTERS = 28;

    private static final int OPERATION_MASK = RELATIVE - 1;
    private static final FieldElement[] VALUES = zeros();

    private FieldMachine() {}

    private static FieldElement[] zeros() {
        FieldElement[] values = new FieldElement[REGISTERS];
        for (int i = 0; i < REGISTERS; i++) {
            values[i] = FieldElement.of(BigInteger.ZERO);
        }
        return values;
    }

    /** An instruction of a program; what it computes goes to the register {@code target}. */
    static int instruction(int operation, int target, int left, int right) {
        return operation << 24 | target << 16 | left << 8 | right;
    }

    /**
     * Runs all instructions of {@code program}, in order.
     *
     * @param from where {@link #RELATIVE} operands count from
     */
    static void run(int[] program, int from) {
        for (int i = 0; i < program.length; i++) {
            int word = program[i];
            int operation = word >> 24 & OPERATION_MASK;
            int target = word >> 16 & 0xff;
            int left = word >> 8 & 0xff;
            int right = (word & 0xff) + (word >> 24 > OPERATION_MASK ? from : 0);
            if (operation == SQUARE) {
                multiply(target, left, left);
                for (int times = 1; times < right; times++) {
                    multiply(target, target, target);
                }
            } else if (operation == MULTIPLY) {
                multiply(target, left, right);
            } else {
                add(target, left, right, operation == SUBTRACT);
            }
        }
    }

    @NoInline
    private static void multiply(int target, int left, int right) {
        VALUES[target] = VALUES[left].times(VALUES[right]).carried();
    }

    @NoInline
    private static void add(int target, int left, int right, boolean negative) {
        FieldElement x = VALUES[left];
        FieldElement y = VALUES[right];
        VALUES[target] = (negative ? x.minus(y) : x.plus(y)).carried();
    }

    /** What {@code register} holds. */
    static FieldElement get(int register) {
        return VALUES[register];
    }

    /** Gives {@code register} a narrow value. */
    static void set(int register, FieldElement value) {
        VALUES[register] = value;
    }
}
