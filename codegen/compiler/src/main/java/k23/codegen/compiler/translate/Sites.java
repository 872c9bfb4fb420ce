package k23.codegen.compiler.translate;

import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.util.List;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.compiler.world.World;

/**
 * What a method's instructions mean wherever it is translated: the class file's texts are resolved
 * once. Threads that race here find the same.
 */
final class Sites {
    private final MethodNode method;
    private final World world;
    private final List<Instruction> instructions;
    private final FieldSite[] fields;
    private final Operand[] constants;

    Sites(MethodNode method, World world) {
        this.method = method;
        this.world = world;
        instructions = method.bytecode().instructions();
        fields = new FieldSite[instructions.size()];
        constants = new Operand[instructions.size()];
    }

    /** The field that the instruction {@code index} accesses. */
    FieldSite field(int index) {
        FieldSite known = fields[index];
        if (known == null) {
            known = FieldSite.of((FieldInstruction) instructions.get(index), method, world);
            fields[index] = known;
        }
        return known;
    }

    /** What the instruction {@code index} pushes. */
    Operand constant(int index) {
        Operand known = constants[index];
        if (known == null) {
            known = HostOperands.of((ConstantInstruction) instructions.get(index), world);
            constants[index] = known;
        }
        return known;
    }
}
