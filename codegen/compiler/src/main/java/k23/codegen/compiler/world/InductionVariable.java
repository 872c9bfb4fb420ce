package k23.codegen.compiler.world;

import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayList;
import java.util.List;

/**
 * The variable of a loop {@code for (int i = constant; i < bound; i++)}: from the condition up to
 * its increment it is at least the constant and less than the bound.
 *
 * <p>What makes this true: the condition is entered only from the assignment before it and from
 * inside of the loop, the body only through the condition, and nothing else in the loop writes
 * the variable. It cannot overflow, since it is less than the bound before each increment.
 *
 * @param slot  the local variable
 * @param first what it starts with
 * @param body  index of the body's first instruction
 * @param last  index of the increment
 * @param bound the instructions that compute the bound
 */
public record InductionVariable(int slot, int first, int body, int last,
        List<Instruction> bound) {
    private static final int MAX_BOUND = 2;
    private static final int MAX_SETUP = 12;

    /** Whether the claim holds for a read at the instruction {@code index}. */
    public boolean covers(int index) {
        return index >= body && index <= last;
    }

    /** The induction variables of all loops of {@code code}. */
    static List<InductionVariable> find(Bytecode code) {
        List<InductionVariable> result = new ArrayList<>();
        code.loops().forEach((head, body) -> {
            InductionVariable found = find(code, head, body);
            if (found != null) {
                result.add(found);
            }
        });
        return List.copyOf(result);
    }

    private static InductionVariable find(Bytecode code, int head, int body) {
        List<Instruction> all = code.instructions();
        if (!(all.get(head) instanceof LoadInstruction load)
                || all.get(body - 1).opcode() != Opcode.IF_ICMPGE
                || body - head - 2 > MAX_BOUND) {
            return null;
        }
        int end = lastJumpTo(code, head);
        Integer first = start(code, head, load.slot());
        if (end < 0 || first == null || !(all.get(end - 1) instanceof IncrementInstruction step)
                || step.slot() != load.slot() || step.constant() != 1
                || writes(all, head, end, load.slot()) != 1 || !isClosed(code, head, end)) {
            return null;
        }
        return new InductionVariable(load.slot(), first, body, end - 1,
                List.copyOf(all.subList(head + 1, body - 1)));
    }

    private static int lastJumpTo(Bytecode code, int head) {
        for (int i = code.instructions().size() - 1; i > head; i--) {
            if (code.instructions().get(i) instanceof BranchInstruction jump
                    && jump.opcode() == Opcode.GOTO && code.index(jump.target()) == head) {
                return i;
            }
        }
        return -1;
    }

    /** The constant that {@code slot} gets on the straight way to {@code head}, or null. */
    private static Integer start(Bytecode code, int head, int slot) {
        for (int i = head - 1; i > Math.max(0, head - MAX_SETUP); i--) {
            Instruction instruction = code.instructions().get(i);
            if (!Bytecode.targets(instruction).isEmpty() || Bytecode.endsFlow(instruction)) {
                return null;
            }
            if (instruction instanceof StoreInstruction store && store.slot() == slot) {
                return code.instructions().get(i - 1) instanceof ConstantInstruction constant
                        && constant.constantValue() instanceof Integer value
                        && code.frame(i) == null ? value : null;
            }
            if (code.frame(i) != null || instruction instanceof IncrementInstruction) {
                return null;
            }
        }
        return null;
    }

    private static int writes(List<Instruction> all, int from, int to, int slot) {
        int count = 0;
        for (Instruction instruction : all.subList(from, to)) {
            boolean isWrite = instruction instanceof StoreInstruction store
                    && (store.slot() == slot || store.slot() + 1 == slot)
                    || instruction instanceof IncrementInstruction step && step.slot() == slot;
            count += isWrite ? 1 : 0;
        }
        return count;
    }

    /** Whether no branch from outside of [head, end] leads into it. */
    private static boolean isClosed(Bytecode code, int head, int end) {
        for (int i = 0; i < code.instructions().size(); i++) {
            if (i >= head && i <= end) {
                continue;
            }
            for (Label label : Bytecode.targets(code.instructions().get(i))) {
                int target = code.index(label);
                if (target >= head && target <= end) {
                    return false;
                }
            }
        }
        return true;
    }
}
