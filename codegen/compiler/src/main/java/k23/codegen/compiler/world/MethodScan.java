package k23.codegen.compiler.world;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ConstantDesc;
import java.util.ArrayList;
import java.util.List;
import k23.codegen.compiler.diagnostic.Place;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;

/** Finds what one method needs, from its bytecode. */
final class MethodScan {
    private static final char ARGUMENT = '\u0001';
    private static final char CONSTANT = '\u0002';

    private final Reachability world;
    private final MethodNode method;
    private final Bytecode code;
    private final List<CallSites.Call> calls = new ArrayList<>();
    private final List<CallSites.Allocation> allocations = new ArrayList<>();

    MethodScan(Reachability world, MethodNode method) {
        this.world = world;
        this.method = method;
        this.code = method.bytecode();
    }

    CallSites run() {
        List<Instruction> instructions = code.instructions();
        for (int i = 0; i < instructions.size(); i++) {
            resolve(code.frame(i), instructions.get(i));
            if (code.isReachable(i)) {
                try {
                    scan(i, instructions.get(i));
                } catch (Refusal refusal) {
                    throw new Refusal(refusal.at(new Place(method.owner().sourceFile(),
                            code.line(i), method.display())));
                }
            }
        }
        return new CallSites(calls, world.implied(), allocations);
    }

    /**
     * Makes the texts that only translation asks for: it has several threads, and the class file's
     * entries, which make their texts when they are first asked, are for one.
     */
    private static void resolve(StackMapFrameInfo frame, Instruction instruction) {
        if (frame != null) {
            frame.locals().forEach(MethodScan::resolve);
            frame.stack().forEach(MethodScan::resolve);
        }
        switch (instruction.opcode()) {
            case NEW -> ((NewObjectInstruction) instruction).className().asInternalName();
            case CHECKCAST, INSTANCEOF ->
                    ((TypeCheckInstruction) instruction).type().asInternalName();
            default -> { }
        }
    }

    private static void resolve(VerificationTypeInfo type) {
        if (type instanceof ObjectVerificationTypeInfo object) {
            object.className().asInternalName();
        }
    }

    private void scan(int index, Instruction instruction) {
        switch (instruction) {
            case InvokeInstruction call -> call(index, call);
            case InvokeDynamicInstruction call -> dynamic(index, call);
            case FieldInstruction access -> {
                FieldNode field = world.repository().resolveField(
                        access.owner().asInternalName(), access.name().stringValue());
                if (field != null && field.isStatic() && !field.owner().isLibrary()) {
                    world.useStatic(field);
                }
            }
            case NewObjectInstruction made -> allocate(index, made.className().asInternalName());
            case NewPrimitiveArrayInstruction made -> allocate(index,
                    "[" + made.typeKind().upperBound().descriptorString());
            case NewReferenceArrayInstruction made -> allocate(index,
                    "[" + made.componentType().asSymbol().descriptorString());
            case NewMultiArrayInstruction made -> {
                String type = made.arrayType().asSymbol().descriptorString();
                for (int i = 0; i < made.dimensions(); i++) {
                    allocate(index, type.substring(i));
                }
            }
            case ConstantInstruction constant -> {
                ConstantDesc value = constant.constantValue();
                if (value instanceof String text) {
                    world.needString(text);
                }
            }
            case OperatorInstruction operator -> {
                if (operator.opcode() == Opcode.FREM || operator.opcode() == Opcode.DREM) {
                    world.call(Support.remainder(world.repository(),
                            operator.opcode() == Opcode.FREM ? "F" : "D"));
                }
            }
            default -> { }
        }
    }

    private void allocate(int index, String type) {
        if (!type.startsWith("[")) {
            ClassNode node = world.repository().find(type);
            if (node == null || node.isLibrary() || world.repository().isThrowable(type)) {
                return;
            }
            world.instantiate(type);
            if (node.isRecord()) {
                return;
            }
        } else {
            world.instantiate(type);
        }
        allocations.add(new CallSites.Allocation(type, code.line(index)));
        world.call(Support.allocate(world.repository()));
    }

    private void call(int index, InvokeInstruction call) {
        String owner = call.owner().asInternalName();
        String name = call.name().stringValue();
        Callee callee = code.invocation(index, world.resolver()).callee();
        if (name.equals("<init>") && world.repository().isThrowable(owner)) {
            return;
        }
        if (callee instanceof Callee.Builtin builtin) {
            if (builtin.key().startsWith("k23/sdk/Symbols.addressOf") && index > 0
                    && code.instructions().get(index - 1) instanceof ConstantInstruction constant
                    && constant.constantValue() instanceof String symbol
                    && !world.needSymbol(symbol)) {
                throw new Refusal(Problem.UNDEFINED_SYMBOL, symbol);
            }
            Support.needs(builtin.key(), world);
            if (TextScan.concerns(call)) {
                text(index);
            }
        }
        calls.add(new CallSites.Call(callee, index, code.line(index)));
        world.call(callee);
    }

    private void dynamic(int index, InvokeDynamicInstruction call) {
        if (LambdaClasses.isLambda(call)) {
            lambda(index, call);
            return;
        }
        if (TextScan.concerns(call)) {
            text(index);
        } else if (SwitchLabels.isTypeSwitch(call)) {
            SwitchLabels.scan(call, world);
        } else if (ComponentCalls.concerns(call)) {
            ComponentCalls.scan(call, method, world);
        }
    }

    /** A text: an allocation where it becomes a string. */
    private void text(int index) {
        if (new TextScan(world, method).scan(index)) {
            world.instantiate("[C");
            allocations.add(new CallSites.Allocation("java/lang/String", code.line(index)));
            world.call(Support.allocate(world.repository()));
        }
    }

    private void lambda(int index, InvokeDynamicInstruction call) {
        String name = LambdaClasses.name(method, index);
        world.repository().define(name, LambdaClasses.write(method, index, call));
        if (call.typeSymbol().parameterCount() == 0) {
            world.needSingleton(name);
        } else {
            allocate(index, name);
        }
    }

    /** The literal parts of a concatenation's recipe. */
    static List<String> pieces(String recipe) {
        List<String> result = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= recipe.length(); i++) {
            if (i == recipe.length() || recipe.charAt(i) == ARGUMENT
                    || recipe.charAt(i) == CONSTANT) {
                if (i > start) {
                    result.add(recipe.substring(start, i));
                }
                start = i + 1;
            }
        }
        return result;
    }
}
