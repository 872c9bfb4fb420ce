package k23.codegen.compiler.translate;

import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.List;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.world.InductionVariable;
import k23.codegen.cranelift.Type;

/** Loads and stores of local variables, constants, and the shuffling of the operand stack. */
final class StackInstructions {
    private final Activation activation;

    StackInstructions(Activation activation) {
        this.activation = activation;
    }

    void load(LoadInstruction instruction) {
        Operand operand = activation.locals().get(instruction.slot());
        if (operand instanceof Word word && word.type() == Type.I32) {
            for (InductionVariable variable : activation.bytecode().inductions()) {
                if (variable.slot() == instruction.slot()
                        && variable.covers(activation.index())) {
                    operand = LoopBounds.apply(word, variable, activation.locals(),
                            activation.code().world());
                }
            }
        }
        activation.push(operand);
    }

    void store(StoreInstruction instruction) {
        activation.locals().set(instruction.slot(), activation.pop());
        activation.name(instruction.slot());
    }

    void increment(IncrementInstruction instruction) {
        Word old = (Word) activation.locals().get(instruction.slot());
        Word made = old.isConstant()
                ? Word.ofInt((int) old.bits() + instruction.constant())
                : activation.code().intWord(activation.f().iaddImm(
                        activation.code().narrow(old), instruction.constant()));
        activation.locals().set(instruction.slot(), made);
        activation.name(instruction.slot());
    }

    void constant() {
        activation.push(activation.sites().constant(activation.index()));
    }

    void shuffle(StackInstruction instruction) {
        List<Operand> stack = activation.stack();
        boolean isWideTop = stack.getLast().isWide();
        switch (instruction.opcode()) {
            case POP -> stack.removeLast();
            case POP2 -> {
                stack.removeLast();
                if (!isWideTop) {
                    stack.removeLast();
                }
            }
            case DUP -> duplicate(1, 0);
            case DUP_X1 -> duplicate(1, 1);
            case DUP_X2 -> duplicate(1, stack.get(stack.size() - 2).isWide() ? 1 : 2);
            case DUP2 -> duplicate(isWideTop ? 1 : 2, 0);
            case DUP2_X1 -> duplicate(isWideTop ? 1 : 2, 1);
            case DUP2_X2 -> {
                int count = isWideTop ? 1 : 2;
                boolean isWideBelow = stack.get(stack.size() - 1 - count).isWide();
                duplicate(count, isWideBelow ? 1 : 2);
            }
            case SWAP -> {
                Operand top = stack.removeLast();
                Operand below = stack.removeLast();
                stack.add(top);
                stack.add(below);
            }
            default -> throw new IllegalStateException(instruction.toString());
        }
    }

    /** Puts copies of the topmost {@code count} entries below {@code under} further ones. */
    private void duplicate(int count, int under) {
        List<Operand> stack = activation.stack();
        List<Operand> copies = List.copyOf(stack.subList(stack.size() - count, stack.size()));
        stack.addAll(stack.size() - count - under, copies);
    }
}
