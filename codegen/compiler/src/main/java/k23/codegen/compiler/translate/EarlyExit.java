package k23.codegen.compiler.translate;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.util.List;
import k23.codegen.compiler.world.Bytecode;

/**
 * A method that starts with a test and, one way, has nothing to do: {@code if (n < 2) return n;}.
 * Where the whole method cannot be translated in place, this much can, and saves the call.
 */
final class EarlyExit {
    private static final int NONE = -1;
    private static final int MAX_TEST = 6;
    private static final int MAX_EXIT = 6;

    private EarlyExit() {}

    /** Where the rest of {@code code} starts, behind the test; -1 where there is no such test. */
    static int rest(Bytecode code) {
        List<Instruction> all = code.instructions();
        for (int i = 0; i < Math.min(MAX_TEST, all.size() - 1); i++) {
            if (code.frame(i) != null) {
                return NONE;
            }
            if (all.get(i) instanceof BranchInstruction branch) {
                int target = code.index(branch.target());
                if (Bytecode.endsFlow(branch) || target <= i || code.frame(i + 1) != null) {
                    return NONE;
                }
                return isExit(code, i + 1) ? target : isExit(code, target) ? i + 1 : NONE;
            }
            if (!isPlain(all.get(i))) {
                return NONE;
            }
        }
        return NONE;
    }

    /** Whether what starts at {@code index} only computes and returns. */
    private static boolean isExit(Bytecode code, int index) {
        int at = index;
        for (int steps = 0; steps < MAX_EXIT && at < code.instructions().size(); steps++) {
            switch (code.instructions().get(at)) {
                case ReturnInstruction _ -> {
                    return true;
                }
                case BranchInstruction jump when jump.opcode() == Opcode.GOTO ->
                        at = code.index(jump.target());
                case Instruction plain when isPlain(plain) -> at++;
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    /** Whether {@code instruction} only computes: it traps never and changes no variable. */
    private static boolean isPlain(Instruction instruction) {
        return switch (instruction) {
            case LoadInstruction _, ConstantInstruction _, ConvertInstruction _,
                    NopInstruction _ -> true;
            case OperatorInstruction operator -> switch (operator.opcode()) {
                case IDIV, LDIV, IREM, LREM, ARRAYLENGTH -> false;
                default -> true;
            };
            default -> false;
        };
    }
}
