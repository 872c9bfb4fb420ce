package k23.codegen.compiler.translate;

import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.util.List;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.MethodNode;

/**
 * A method that is as the language gives it to a record (JLS 8.10): an accessor, or the canonical
 * constructor. What it comes to is known without going through its code.
 */
final class PlainRecordMethod {
    private static final int CONSTRUCTOR = -1;

    private final RecordType record;
    /** What the accessor gives. */
    private final int component;
    private final int instructions;

    private PlainRecordMethod(RecordType record, int component, int instructions) {
        this.record = record;
        this.component = component;
        this.instructions = instructions;
    }

    /** {@code method} of {@code record} when it is one of these, else null. */
    static PlainRecordMethod of(MethodNode method, RecordType record) {
        List<Instruction> code = method.bytecode().instructions();
        if (method.isSynchronized() || !method.bytecode().isOnePiece()) {
            return null;
        }
        int component = method.isConstructor() ? CONSTRUCTOR : accessed(code, record);
        boolean isPlain = component >= 0 || method.isConstructor() && isCanonical(code, record);
        return isPlain ? new PlainRecordMethod(record, component, code.size()) : null;
    }

    /** How many instructions it consists of. */
    int instructions() {
        return instructions;
    }

    /** What it gives for {@code arguments}; null where that takes a look at its code. */
    Operand apply(List<Operand> arguments) {
        if (component == CONSTRUCTOR) {
            return new Tuple(record, arguments);
        }
        return arguments.getFirst() instanceof Tuple tuple ? tuple.components().get(component)
                : null;
    }

    /** The component that {@code return field;} gives, or -1. */
    private static int accessed(List<Instruction> code, RecordType record) {
        boolean isRead = code.size() == 3 && isLoad(code.get(0), 0)
                && code.get(2) instanceof ReturnInstruction;
        return isRead ? component(code.get(1), Opcode.GETFIELD, record) : -1;
    }

    /** Whether {@code code} assigns each parameter to its component, in order, and that is all. */
    private static boolean isCanonical(List<Instruction> code, RecordType record) {
        int components = record.components().size();
        if (code.size() != 3 + 3 * components || !isLoad(code.get(0), 0)
                || !(code.get(1) instanceof InvokeInstruction call)
                || !call.owner().name().equalsString("java/lang/Record")) {
            return false;
        }
        int slot = 1;
        for (int i = 0; i < components; i++) {
            int at = 2 + 3 * i;
            if (!isLoad(code.get(at), 0) || !isLoad(code.get(at + 1), slot)
                    || component(code.get(at + 2), Opcode.PUTFIELD, record) != i) {
                return false;
            }
            var type = record.components().get(i).type();
            slot += type == Scalar.LONG || type == Scalar.DOUBLE ? 2 : 1;
        }
        return code.getLast() instanceof ReturnInstruction;
    }

    private static boolean isLoad(Instruction instruction, int slot) {
        return instruction instanceof LoadInstruction load && load.slot() == slot;
    }

    /** The component of {@code record} that {@code instruction} accesses; -1 for anything else. */
    private static int component(Instruction instruction, Opcode opcode, RecordType record) {
        return instruction instanceof FieldInstruction access && access.opcode() == opcode
                && access.owner().asInternalName().equals(record.name())
                ? record.indexOf(access.name().stringValue()) : -1;
    }
}
