package k23.codegen.compiler.translate;

import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;

/** Hands each instruction to the family that translates it. */
final class InstructionTranslator {
    private final StackInstructions stack;
    private final ArithmeticInstructions arithmetic;
    private final BranchInstructions branches;
    private final ArrayInstructions arrays;
    private final FieldInstructions fields;
    private final ObjectInstructions objects;
    private final CallInstructions calls;
    private final DynamicInstructions dynamics;

    InstructionTranslator(Activation activation) {
        stack = new StackInstructions(activation);
        arithmetic = new ArithmeticInstructions(activation);
        branches = new BranchInstructions(activation);
        arrays = new ArrayInstructions(activation);
        fields = new FieldInstructions(activation);
        objects = new ObjectInstructions(activation);
        calls = new CallInstructions(activation);
        dynamics = new DynamicInstructions(activation);
    }

    void translate(Instruction instruction) {
        // By kind, not by pattern: this is asked more often than anything else.
        switch (instruction.opcode().kind()) {
            case LOAD -> stack.load((LoadInstruction) instruction);
            case STORE -> stack.store((StoreInstruction) instruction);
            case INCREMENT -> stack.increment((IncrementInstruction) instruction);
            case CONSTANT -> stack.constant();
            case STACK -> stack.shuffle((StackInstruction) instruction);
            case NOP -> { }
            case OPERATOR -> arithmetic.operator((OperatorInstruction) instruction);
            case CONVERT -> arithmetic.convert(instruction.opcode());
            case BRANCH -> branches.branch((BranchInstruction) instruction);
            case RETURN -> branches.returnValue((ReturnInstruction) instruction);
            case THROW_EXCEPTION -> branches.throwException();
            case ARRAY_LOAD -> arrays.load((ArrayLoadInstruction) instruction);
            case ARRAY_STORE -> arrays.store((ArrayStoreInstruction) instruction);
            case FIELD_ACCESS -> fields.access((FieldInstruction) instruction);
            case TYPE_CHECK -> objects.check((TypeCheckInstruction) instruction);
            case INVOKE -> calls.invoke();
            default -> translateOther(instruction);
        }
    }

    private void translateOther(Instruction instruction) {
        switch (instruction) {
            case InvokeDynamicInstruction i -> dynamics.invoke(i);
            case TableSwitchInstruction i -> branches.select(i.cases());
            case LookupSwitchInstruction i -> branches.select(i.cases());
            case NewObjectInstruction i -> objects.create(i.className().asInternalName());
            case NewPrimitiveArrayInstruction i -> arrays.create(
                    "[" + i.typeKind().upperBound().descriptorString());
            case NewReferenceArrayInstruction i -> arrays.create(
                    "[" + i.componentType().asSymbol().descriptorString());
            case NewMultiArrayInstruction i -> arrays.createMany(
                    i.arrayType().asSymbol().descriptorString(), i.dimensions());
            case MonitorInstruction _ ->
                    throw new Refusal(Problem.MONITOR, "synchronized block");
            default -> throw new Refusal(Problem.CLASS_FILE,
                    "instruction " + instruction.opcode());
        }
    }
}
