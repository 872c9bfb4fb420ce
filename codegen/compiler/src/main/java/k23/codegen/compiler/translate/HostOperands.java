package k23.codegen.compiler.translate;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.invoke.VarHandle;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.heap.HandleTarget;
import k23.codegen.compiler.heap.ImageHeap;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.World;
import k23.codegen.cranelift.Type;

/**
 * Turns values that are known while the program is built into constant operands: those of the
 * host's JVM, as static initialisers left them, and those of instructions.
 */
final class HostOperands {
    private HostOperands() {}

    /** The constant operand of a value that a field of {@code type} has. */
    static Operand of(Object value, JavaType type, World world) {
        return switch (type) {
            case Scalar scalar -> scalar(value);
            case RecordType record -> new Tuple(record, record.components().stream()
                    .map(component -> of(value == null ? null
                            : ImageHeap.component(value, component.name()), component.type(),
                            world)).toList());
            case ReferenceType reference -> reference(value, world);
        };
    }

    /** What {@code instruction} pushes. */
    static Operand of(ConstantInstruction instruction, World world) {
        return instruction.opcode() == Opcode.ACONST_NULL ? Reference.NULL
                : switch (instruction.constantValue()) {
                    case String text -> Reference.image(world.heap().stringSymbol(text),
                            "java/lang/String", text);
                    case Number number -> scalar(number);
                    case ConstantDesc other ->
                            throw new Refusal(Problem.CONSTANT, other.toString());
                };
    }

    private static Operand scalar(Object value) {
        return switch (value) {
            case Boolean z -> Word.ofInt(z ? 1 : 0);
            case Character c -> Word.ofInt(c);
            case Long j -> Word.ofLong(j);
            case Float x -> new Word(Type.F32, null, Float.floatToRawIntBits(x));
            case Double x -> new Word(Type.F64, null, Double.doubleToRawLongBits(x));
            case Number n -> Word.ofInt(n.intValue());
            default -> throw new IllegalStateException("no scalar: " + value);
        };
    }

    private static Operand reference(Object value, World world) {
        if (value == null) {
            return Reference.NULL;
        }
        if (value instanceof VarHandle handle) {
            return new Operand.Handle(handle, HandleTarget.of(handle, world.repository()));
        }
        ImageHeap.ImageObject object = world.heap().object(value);
        // Only what never changes at run time may be folded: strings, and the length of arrays.
        boolean isKnown = value instanceof String || value.getClass().isArray();
        return Reference.image(object.symbol(), object.type(), isKnown ? value : null);
    }
}
