package k23.codegen.compiler.world;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.MethodTypeDesc;

/**
 * A call instruction.
 *
 * @param opcode   the instruction
 * @param owner    internal name of the class, or an array's descriptor
 * @param name     the method's name
 * @param type     its type
 * @param operands how many operands it takes, the receiver included
 * @param callee   what it calls
 */
public record Invocation(Opcode opcode, String owner, String name, MethodTypeDesc type,
        int operands, Callee callee) {
    static Invocation of(InvokeInstruction instruction, CallResolver resolver) {
        Opcode opcode = instruction.opcode();
        String owner = instruction.owner().asInternalName();
        String name = instruction.name().stringValue();
        MethodTypeDesc type = instruction.typeSymbol();
        return new Invocation(opcode, owner, name, type,
                type.parameterCount() + (opcode == Opcode.INVOKESTATIC ? 0 : 1),
                resolver.resolve(opcode, owner, name, instruction.type().stringValue()));
    }

    /** Whether it has no receiver. */
    public boolean isStatic() {
        return opcode == Opcode.INVOKESTATIC;
    }
}
