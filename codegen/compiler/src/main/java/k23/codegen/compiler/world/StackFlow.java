package k23.codegen.compiler.world;

import java.lang.classfile.Instruction;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.UninitializedVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where each value that a method puts on the operand stack goes, and the static types of values:
 * one pass over the bytecode, from frame to frame.
 */
final class StackFlow {
    /** What takes a value, when that is not exactly one instruction. */
    static final int NONE = -1;
    /** See {@link #NONE}. */
    static final int MANY = -2;

    private static final String OBJECT = "Ljava/lang/Object;";
    private static final String NULL = "null";

    /**
     * A value on the stack.
     *
     * @param type     its descriptor, or {@link #NULL}
     * @param producer index of the instruction that pushed it; {@link #NONE} behind a merge
     */
    private record Entry(String type, int producer) {
        boolean isWide() {
            return type.equals("J") || type.equals("D");
        }
    }

    private final Bytecode code;
    private final int[] consumer;
    private final int[] argument;
    private final String[] taken;
    private final String[] element;
    private final Map<Integer, List<Entry>> arrivals = new HashMap<>();
    private final Map<Integer, String> locals = new HashMap<>();
    private List<Entry> stack = new ArrayList<>();
    private int index;

    StackFlow(MethodNode method) {
        code = method.bytecode();
        int count = code.instructions().size();
        consumer = new int[count];
        Arrays.fill(consumer, NONE);
        argument = new int[count];
        taken = new String[count];
        element = new String[count];
        int slot = 0;
        if (!method.isStatic()) {
            locals.put(slot++, "L" + method.owner().name() + ";");
        }
        for (ClassDesc type : method.type().parameterList()) {
            locals.put(slot, type.descriptorString());
            slot += TypeKind.from(type).slotSize();
        }
        run();
    }

    /** The only instruction that takes what {@code producer} pushes; NONE or MANY otherwise. */
    int consumer(int producer) {
        return consumer[producer];
    }

    /** As which of its consumer's operands that is taken, the lowest first. */
    int argument(int producer) {
        return argument[producer];
    }

    /** The static type of the topmost value that the instruction takes. */
    String taken(int instruction) {
        return taken[instruction];
    }

    /** The descriptor of the array element that the instruction loads or stores; or null. */
    String element(int instruction) {
        return element[instruction];
    }

    private void run() {
        boolean isReached = true;
        for (index = 0; index < code.instructions().size(); index++) {
            StackMapFrameInfo frame = code.frame(index);
            if (frame != null) {
                if (isReached) {
                    arrive(index);
                }
                enter(frame);
                isReached = true;
            }
            if (!isReached || !code.isReachable(index)) {
                continue;
            }
            Instruction instruction = code.instructions().get(index);
            taken[index] = stack.isEmpty() ? null : stack.getLast().type;
            translate(instruction);
            Bytecode.targets(instruction).forEach(label -> arrive(code.index(label)));
            isReached = !Bytecode.endsFlow(instruction);
        }
    }

    /** Notes that the stack reaches {@code target} as it is. */
    private void arrive(int target) {
        List<Entry> known = target <= index && code.frame(target) != null && target != index
                ? List.of() : arrivals.get(target);
        if (known == null) {
            arrivals.put(target, List.copyOf(stack));
            return;
        }
        List<Entry> merged = new ArrayList<>();
        for (int i = 0; i < stack.size(); i++) {
            Entry here = stack.get(i);
            Entry there = i < known.size() ? known.get(i) : new Entry(here.type, NONE);
            boolean isSame = here.producer == there.producer;
            if (!isSame) {
                take(here, MANY, 0);
                take(there, MANY, 0);
            }
            merged.add(isSame ? here : new Entry(here.type, NONE));
        }
        arrivals.put(target, merged);
    }

    private void enter(StackMapFrameInfo frame) {
        locals.clear();
        int slot = 0;
        for (VerificationTypeInfo info : frame.locals()) {
            String type = type(info);
            locals.put(slot, type);
            slot += type.equals("J") || type.equals("D") ? 2 : 1;
        }
        List<Entry> arrived = arrivals.getOrDefault(index, List.of());
        stack = new ArrayList<>();
        for (VerificationTypeInfo info : frame.stack()) {
            int producer = stack.size() < arrived.size() ? arrived.get(stack.size()).producer
                    : NONE;
            stack.add(new Entry(type(info), producer));
        }
    }

    private String type(VerificationTypeInfo info) {
        return switch (info) {
            case ObjectVerificationTypeInfo object -> object.classSymbol().descriptorString();
            case UninitializedVerificationTypeInfo _ -> OBJECT;
            case SimpleVerificationTypeInfo simple -> switch (simple) {
                case INTEGER -> "I";
                case LONG -> "J";
                case FLOAT -> "F";
                case DOUBLE -> "D";
                case NULL -> NULL;
                case TOP, UNINITIALIZED_THIS -> OBJECT;
            };
        };
    }

    private void take(Entry entry, int by, int position) {
        if (entry.producer >= 0) {
            consumer[entry.producer] = consumer[entry.producer] == NONE ? by : MANY;
            argument[entry.producer] = position;
        }
    }

    private Entry pop() {
        Entry top = stack.removeLast();
        take(top, index, 0);
        return top;
    }

    private void pop(int count) {
        for (int i = count - 1; i >= 0; i--) {
            take(stack.removeLast(), index, i);
        }
    }

    private void push(String type) {
        if (!type.equals("V")) {
            stack.add(new Entry(type, index));
        }
    }

    private void push(ClassDesc type) {
        push(type.descriptorString());
    }

    private void translate(Instruction instruction) {
        switch (instruction) {
            case LoadInstruction load -> push(load.typeKind() == TypeKind.REFERENCE
                    ? locals.getOrDefault(load.slot(), OBJECT) : letter(load.typeKind()));
            case StoreInstruction store -> locals.put(store.slot(), pop().type);
            case ConstantInstruction constant -> push(type(constant));
            case StackInstruction shuffle -> shuffle(shuffle);
            case ArrayLoadInstruction load -> {
                access(load.typeKind(), stack.get(stack.size() - 2));
                pop();
                pop();
                push(element[index]);
            }
            case ArrayStoreInstruction store -> {
                access(store.typeKind(), stack.get(stack.size() - 3));
                pop(3);
            }
            case FieldInstruction access -> field(access);
            case InvokeInstruction call -> {
                boolean isStatic = call.opcode() == java.lang.classfile.Opcode.INVOKESTATIC;
                pop(call.typeSymbol().parameterCount() + (isStatic ? 0 : 1));
                push(call.typeSymbol().returnType());
            }
            case InvokeDynamicInstruction call -> {
                pop(call.typeSymbol().parameterCount());
                push(call.typeSymbol().returnType());
            }
            case NewObjectInstruction made -> push(made.className().asSymbol());
            case NewPrimitiveArrayInstruction made -> {
                pop();
                push(made.typeKind().upperBound().arrayType());
            }
            case NewReferenceArrayInstruction made -> {
                pop();
                push(made.componentType().asSymbol().arrayType());
            }
            case NewMultiArrayInstruction made -> {
                pop(made.dimensions());
                push(made.arrayType().asSymbol());
            }
            case TypeCheckInstruction check -> {
                pop();
                push(check.opcode() == java.lang.classfile.Opcode.INSTANCEOF
                        ? ConstantDescs.CD_int : check.type().asSymbol());
            }
            case ConvertInstruction convert -> {
                pop();
                push(letter(convert.toType()));
            }
            case OperatorInstruction operator -> operator(operator);
            case BranchInstruction branch -> pop(operands(branch));
            default -> rest(instruction);
        }
    }

    private void access(TypeKind kind, Entry array) {
        element[index] = kind != TypeKind.REFERENCE ? letter(kind)
                : array.type.startsWith("[") ? array.type.substring(1) : NULL;
    }

    private void rest(Instruction instruction) {
        switch (instruction.opcode()) {
            case TABLESWITCH, LOOKUPSWITCH, IRETURN, LRETURN, FRETURN, DRETURN, ARETURN, ATHROW,
                    MONITORENTER, MONITOREXIT -> pop();
            default -> { }
        }
    }

    private static int operands(BranchInstruction branch) {
        return switch (branch.opcode()) {
            case GOTO, GOTO_W -> 0;
            case IFEQ, IFNE, IFLT, IFGE, IFGT, IFLE, IFNULL, IFNONNULL -> 1;
            default -> 2;
        };
    }

    private static String letter(TypeKind kind) {
        return kind.asLoadable().upperBound().descriptorString();
    }

    private static String type(ConstantInstruction constant) {
        return switch (constant.typeKind()) {
            case REFERENCE -> constant.constantValue() instanceof String ? "Ljava/lang/String;"
                    : Objects.equals(constant.constantValue(), ConstantDescs.NULL) ? NULL : OBJECT;
            default -> letter(constant.typeKind());
        };
    }

    private void field(FieldInstruction access) {
        switch (access.opcode()) {
            case GETSTATIC -> push(access.typeSymbol());
            case GETFIELD -> {
                pop();
                push(access.typeSymbol());
            }
            case PUTSTATIC -> pop();
            default -> pop(2);
        }
    }

    private void operator(OperatorInstruction operator) {
        switch (operator.opcode()) {
            case INEG, LNEG, FNEG, DNEG -> pop();
            case ARRAYLENGTH -> pop();
            default -> pop(2);
        }
        push(switch (operator.opcode()) {
            case ARRAYLENGTH, LCMP, FCMPL, FCMPG, DCMPL, DCMPG -> "I";
            default -> letter(operator.typeKind());
        });
    }

    /** What is duplicated or moved counts as taken here: it has more than one use, or none. */
    private void shuffle(StackInstruction instruction) {
        boolean isWide = stack.getLast().isWide();
        switch (instruction.opcode()) {
            case POP -> pop();
            case POP2 -> pop(isWide ? 1 : 2);
            case DUP -> duplicate(1, 0);
            case DUP_X1 -> duplicate(1, 1);
            case DUP_X2 -> duplicate(1, stack.get(stack.size() - 2).isWide() ? 1 : 2);
            case DUP2 -> duplicate(isWide ? 1 : 2, 0);
            case DUP2_X1 -> duplicate(isWide ? 1 : 2, 1);
            case DUP2_X2 -> {
                int count = isWide ? 1 : 2;
                duplicate(count, stack.get(stack.size() - 1 - count).isWide() ? 1 : 2);
            }
            default -> stack.add(stack.size() - 1, stack.removeLast());
        }
    }

    private void duplicate(int count, int under) {
        List<Entry> copies = new ArrayList<>();
        for (Entry entry : stack.subList(stack.size() - count, stack.size())) {
            take(entry, MANY, 0);
            copies.add(new Entry(entry.type, NONE));
        }
        stack.addAll(stack.size() - count - under, copies);
    }
}
