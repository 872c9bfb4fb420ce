package k23.codegen.compiler.translate;

import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
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
        switch (instruction) {
            case LoadInstruction i -> stack.load(i);
            case StoreInstruction i -> stack.store(i);
            case IncrementInstruction i -> stack.increment(i);
            case ConstantInstruction i -> stack.constant(i);
            case StackInstruction i -> stack.shuffle(i);
            case NopInstruction i -> { }
            case OperatorInstruction i -> arithmetic.operator(i);
            case ConvertInstruction i -> arithmetic.convert(i.opcode());
            case BranchInstruction i -> branches.branch(i);
            case TableSwitchInstruction i -> branches.select(i.defaultTarget(), i.cases());
            case LookupSwitchInstruction i -> branches.select(i.defaultTarget(), i.cases());
            case ReturnInstruction i -> branches.returnValue(i);
            case ThrowInstruction i -> branches.throwException();
            case ArrayLoadInstruction i -> arrays.load(i);
            case ArrayStoreInstruction i -> arrays.store(i);
            case NewPrimitiveArrayInstruction i -> arrays.create(
                    "[" + i.typeKind().upperBound().descriptorString());
            case NewReferenceArrayInstruction i -> arrays.create(
                    "[" + i.componentType().asSymbol().descriptorString());
            case NewMultiArrayInstruction i -> arrays.createMany(
                    i.arrayType().asSymbol().descriptorString(), i.dimensions());
            case FieldInstruction i -> fields.access(i);
            case NewObjectInstruction i -> objects.create(i.className().asInternalName());
            case TypeCheckInstruction i -> objects.check(i);
            case InvokeInstruction i -> calls.invoke(i);
            case InvokeDynamicInstruction i -> dynamics.invoke(i);
            case MonitorInstruction i -> throw new Refusal(Problem.MONITOR, "synchronized block");
            default -> throw new Refusal(Problem.CLASS_FILE,
                    "instruction " + instruction.opcode());
        }
    }
}
