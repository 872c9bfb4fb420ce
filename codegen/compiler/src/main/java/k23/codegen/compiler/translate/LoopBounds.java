package k23.codegen.compiler.translate;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.reflect.Array;
import java.util.List;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.world.FieldNode;
import k23.codegen.compiler.world.InductionVariable;
import k23.codegen.compiler.world.World;

/** What a loop's condition says of its variable. */
final class LoopBounds {
    private LoopBounds() {}

    /** {@code word}, the variable inside of its loop, with what the condition says of it. */
    static Word apply(Word word, InductionVariable variable, LocalVariables locals, World world) {
        Range started = new Range(variable.first(), Integer.MAX_VALUE - 1);
        List<Instruction> bound = variable.bound();
        Instruction first = bound.getFirst();
        if (bound.size() == 1) {
            return first instanceof ConstantInstruction constant
                    && constant.constantValue() instanceof Integer limit
                    ? word.within(new Range(variable.first(), limit - 1L))
                    : word.within(started);
        }
        if (bound.get(1).opcode() != Opcode.ARRAYLENGTH) {
            return word.within(started);
        }
        Operand array = switch (first) {
            case LoadInstruction load -> locals.stable(load.slot());
            case FieldInstruction access -> constant(access, world);
            default -> null;
        };
        if (!(array instanceof Reference reference) || reference.identity() == null) {
            return word.within(started);
        }
        Word below = word.within(started).belowLengthOf(reference.identity());
        return reference.host() == null ? below : below.within(
                new Range(variable.first(), Array.getLength(reference.host()) - 1L));
    }

    private static Operand constant(FieldInstruction access, World world) {
        FieldNode field = world.repository().resolveField(access.owner().asInternalName(),
                access.name().stringValue());
        boolean isConstant = access.opcode() == Opcode.GETSTATIC && field != null
                && field.isFinal() && world.heap().hasRoot(field);
        return isConstant ? HostOperands.of(world.heap().root(field),
                world.repository().type(field.descriptor()), world) : null;
    }
}
