package k23.codegen.compiler.world;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import k23.codegen.compiler.type.RecordType;

/**
 * Tells which instructions of a method touch floating-point registers. Records travel flattened,
 * so whatever moves one with such a component does: a local variable of its type can only come
 * from, and go to, one of these.
 */
final class FloatScan {
    private static final Set<String> CONVERSIONS = Set.of("I2F", "I2D", "L2F", "L2D");
    /** What always touches such a register. */
    private static final Set<Opcode> FLOATS = EnumSet.noneOf(Opcode.class);

    static {
        for (Opcode opcode : Opcode.values()) {
            String name = opcode.name();
            if (name.startsWith("F") || name.startsWith("D") && !name.startsWith("DUP")
                    || CONVERSIONS.contains(name)) {
                FLOATS.add(opcode);
            }
        }
    }

    private final ClassRepository repository;
    /** By descriptor, of a field or of a method: whether such values are among its. */
    private final Map<String, Boolean> floats = new HashMap<>();

    FloatScan(ClassRepository repository) {
        this.repository = repository;
    }

    /** The first use of each line of {@code method}: one is enough to find it. */
    List<CallSites.FloatUse> uses(MethodNode method) {
        List<CallSites.FloatUse> uses = new ArrayList<>();
        Bytecode code = method.bytecode();
        List<Instruction> instructions = code.instructions();
        for (int i = 0; i < instructions.size(); i++) {
            String what = code.isReachable(i) ? use(method, i, instructions.get(i)) : null;
            if (what != null && (uses.isEmpty() || uses.getLast().line() != code.line(i))) {
                uses.add(new CallSites.FloatUse(what, code.line(i)));
            }
        }
        return uses;
    }

    /** What {@code instruction} does with floating-point numbers; null when it does nothing. */
    private String use(MethodNode method, int index, Instruction instruction) {
        Opcode opcode = instruction.opcode();
        return switch (opcode.kind()) {
            case FIELD_ACCESS -> {
                FieldInstruction access = (FieldInstruction) instruction;
                yield isFloat(access.type().stringValue())
                        ? "field " + access.name().stringValue() : null;
            }
            case INVOKE -> {
                InvokeInstruction call = (InvokeInstruction) instruction;
                yield isFloat(call.type().stringValue())
                        || opcode != Opcode.INVOKESTATIC && isFloatClass(call.owner())
                        ? "call of " + call.name().stringValue() : null;
            }
            case INVOKE_DYNAMIC -> {
                InvokeDynamicInstruction call = (InvokeDynamicInstruction) instruction;
                yield isFloat(call.type().stringValue())
                        ? "call of " + call.name().stringValue() : null;
            }
            case CONSTANT -> {
                Object constant = ((ConstantInstruction) instruction).constantValue();
                yield constant instanceof Float || constant instanceof Double
                        ? "constant " + constant : null;
            }
            default -> FLOATS.contains(opcode) ? opcode.name().toLowerCase(Locale.ROOT)
                    : record(method, index, opcode);
        };
    }

    /** The use that moves a whole record. */
    private String record(MethodNode method, int index, Opcode opcode) {
        String type = switch (opcode) {
            case AALOAD, AASTORE -> method.stackFlow().element(index);
            case ARETURN -> method.type().returnType().descriptorString();
            default -> null;
        };
        if (type == null || !isFloat(type)) {
            return null;
        }
        return (opcode == Opcode.ARETURN ? "return of " : "array element of ") + simpleName(type);
    }

    private static String simpleName(String descriptor) {
        return descriptor.substring(
                Math.max(descriptor.lastIndexOf('/'), descriptor.lastIndexOf('$')) + 1,
                descriptor.length() - 1);
    }

    private boolean isFloatClass(ClassEntry owner) {
        String name = owner.asInternalName();
        return !name.startsWith("[") && repository.typeOfClass(name) instanceof RecordType record
                && record.hasFloat();
    }

    /**
     * Whether values of this type travel in floating-point registers, at least in part; of a
     * method, whether those do that it takes or returns.
     */
    private boolean isFloat(String descriptor) {
        Boolean known = floats.get(descriptor);
        if (known == null) {
            known = descriptor.startsWith("(")
                    ? passesFloat(MethodTypeDesc.ofDescriptor(descriptor))
                    : isFloatValue(descriptor);
            floats.put(descriptor, known);
        }
        return known;
    }

    private boolean passesFloat(MethodTypeDesc type) {
        return type.parameterList().stream().anyMatch(p -> isFloatValue(p.descriptorString()))
                || isFloatValue(type.returnType().descriptorString());
    }

    private boolean isFloatValue(String descriptor) {
        return switch (descriptor.charAt(0)) {
            case 'F', 'D' -> true;
            case 'L' -> repository.type(descriptor) instanceof RecordType record
                    && record.hasFloat();
            default -> false;
        };
    }
}
