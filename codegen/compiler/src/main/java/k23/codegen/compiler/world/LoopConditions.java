package k23.codegen.compiler.world;

import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The loops that javac writes with the condition on top and a jump back to it at the end. Where
 * the condition is short, the translator repeats it at the end instead of jumping: one jump less
 * in each round.
 */
final class LoopConditions {
    private static final int MAX_INSTRUCTIONS = 12;

    private LoopConditions() {}

    /** The first instruction of the condition -> the first instruction of the body. */
    static Map<Integer, Integer> find(Bytecode code) {
        Map<Integer, Integer> result = new TreeMap<>();
        List<Instruction> instructions = code.instructions();
        for (int i = 0; i < instructions.size(); i++) {
            if (instructions.get(i) instanceof BranchInstruction jump
                    && jump.opcode() == Opcode.GOTO && code.isReachable(i)) {
                int head = code.index(jump.target());
                int body = head <= i ? body(code, head) : -1;
                if (body > 0 && body <= i) {
                    result.put(head, body);
                }
            }
        }
        return result;
    }

    /** Where the body starts behind a condition at {@code head}; -1 when there is no such. */
    private static int body(Bytecode code, int head) {
        if (code.frame(head) == null || !code.frame(head).stack().isEmpty()) {
            return -1;
        }
        for (int i = head; i < head + MAX_INSTRUCTIONS; i++) {
            Instruction instruction = code.instructions().get(i);
            if (i > head && code.frame(i) != null) {
                return -1;
            }
            if (instruction instanceof BranchInstruction branch) {
                boolean isExit = branch.opcode() != Opcode.GOTO
                        && branch.opcode() != Opcode.GOTO_W && isForward(code, branch, i);
                return isExit && code.frame(i + 1) == null ? i + 1 : -1;
            }
            if (!isRepeatable(instruction)) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isForward(Bytecode code, BranchInstruction branch, int from) {
        Label target = branch.target();
        return code.index(target) > from;
    }

    /** Whether {@code instruction} neither writes a variable nor depends on where it stands. */
    private static boolean isRepeatable(Instruction instruction) {
        return switch (instruction) {
            case LoadInstruction _, ConstantInstruction _, OperatorInstruction _,
                    ConvertInstruction _, ArrayLoadInstruction _ -> true;
            // Accessors; anything larger is not worth having twice.
            case InvokeInstruction call -> call.typeSymbol().parameterCount() == 0
                    && call.opcode() == Opcode.INVOKEVIRTUAL;
            case FieldInstruction access -> access.opcode() == Opcode.GETFIELD
                    || access.opcode() == Opcode.GETSTATIC;
            default -> false;
        };
    }
}
