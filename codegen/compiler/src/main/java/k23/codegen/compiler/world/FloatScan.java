package k23.codegen.compiler.world;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
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
    private final MethodNode method;

    FloatScan(ClassRepository repository, MethodNode method) {
        this.repository = repository;
        this.method = method;
    }

    /** The first use of each line: one is enough to find it. */
    List<CallSites.FloatUse> run() {
        List<CallSites.FloatUse> uses = new ArrayList<>();
        Bytecode code = method.bytecode();
        List<Instruction> instructions = code.instructions();
        for (int i = 0; i < instructions.size(); i++) {
            int line = code.line(i);
            if (code.isReachable(i) && (uses.isEmpty() || uses.getLast().line() != line)) {
                String what = use(i, instructions.get(i));
                if (what != null) {
                    uses.add(new CallSites.FloatUse(what, line));
                }
            }
        }
        return uses;
    }

    /** What {@code instruction} does with floating-point numbers; null when it does nothing. */
    private String use(int index, Instruction instruction) {
        return switch (instruction) {
            case FieldInstruction access -> isFloat(access.typeSymbol())
                    ? "field " + access.name().stringValue() : null;
            case InvokeInstruction call -> passes(call.typeSymbol())
                    || call.opcode() != Opcode.INVOKESTATIC && isFloat(call.owner().asSymbol())
                    ? "call of " + call.name().stringValue() : null;
            case InvokeDynamicInstruction call -> passes(call.typeSymbol())
                    ? "call of " + call.name().stringValue() : null;
            case ConstantInstruction constant -> constant.constantValue() instanceof Float
                    || constant.constantValue() instanceof Double
                    ? "constant " + constant.constantValue() : null;
            default -> FLOATS.contains(instruction.opcode())
                    ? instruction.opcode().name().toLowerCase(Locale.ROOT)
                    : record(index, instruction.opcode());
        };
    }

    /** The use that moves a whole record. */
    private String record(int index, Opcode opcode) {
        return switch (opcode) {
            case AALOAD, AASTORE -> isFloat(method.stackFlow().element(index))
                    ? "array element of " + simpleName(method.stackFlow().element(index)) : null;
            case ARETURN -> isFloat(method.type().returnType())
                    ? "return of " + simpleName(method.type().returnType().descriptorString())
                    : null;
            default -> null;
        };
    }

    private static String simpleName(String descriptor) {
        return descriptor.substring(
                Math.max(descriptor.lastIndexOf('/'), descriptor.lastIndexOf('$')) + 1,
                descriptor.length() - 1);
    }

    private boolean passes(MethodTypeDesc type) {
        for (int i = 0; i < type.parameterCount(); i++) {
            if (isFloat(type.parameterType(i))) {
                return true;
            }
        }
        return isFloat(type.returnType());
    }

    private boolean isFloat(ClassDesc type) {
        return isFloat(type.descriptorString());
    }

    /** Whether values of this type travel in floating-point registers, at least in part. */
    private boolean isFloat(String descriptor) {
        return switch (descriptor.charAt(0)) {
            case 'F', 'D' -> true;
            case 'L' -> repository.type(descriptor) instanceof RecordType record
                    && record.hasFloat();
            default -> false;
        };
    }
}
