package k23.codegen.compiler.world;

import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.Scalar;

/** Tells which instructions touch floating-point registers. */
final class FloatScan {
    private static final Set<String> CONVERSIONS = Set.of("I2F", "I2D", "L2F", "L2D");

    private final ClassRepository repository;

    FloatScan(ClassRepository repository) {
        this.repository = repository;
    }

    /** What {@code instruction} does with floating-point numbers; null when it does nothing. */
    String use(Instruction instruction) {
        return switch (instruction) {
            case FieldInstruction access -> isFloat(access.typeSymbol())
                    ? "field " + access.name().stringValue() : null;
            case InvokeInstruction call -> passes(call.typeSymbol())
                    ? "call of " + call.name().stringValue() : null;
            case InvokeDynamicInstruction call -> passes(call.typeSymbol())
                    ? "call of " + call.name().stringValue() : null;
            case ConstantInstruction constant -> constant.constantValue() instanceof Float
                    || constant.constantValue() instanceof Double
                    ? "constant " + constant.constantValue() : null;
            default -> {
                String name = instruction.opcode().name();
                boolean isFloat = name.startsWith("F")
                        || name.startsWith("D") && !name.startsWith("DUP")
                        || CONVERSIONS.contains(name);
                yield isFloat ? name.toLowerCase(Locale.ROOT) : null;
            }
        };
    }

    private boolean passes(MethodTypeDesc type) {
        return Stream.concat(type.parameterList().stream(), Stream.of(type.returnType()))
                .anyMatch(this::isFloat);
    }

    /** Whether values of this type travel in floating-point registers, at least in part. */
    private boolean isFloat(ClassDesc type) {
        return switch (type.descriptorString().charAt(0)) {
            case 'F', 'D' -> true;
            case 'L' -> repository.type(type) instanceof RecordType record
                    && Layouts.leaves(record).stream().anyMatch(leaf ->
                    leaf.type() == Scalar.FLOAT || leaf.type() == Scalar.DOUBLE);
            default -> false;
        };
    }
}
