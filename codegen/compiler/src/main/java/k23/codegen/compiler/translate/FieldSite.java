package k23.codegen.compiler.translate;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.intrinsic.UnsafeIntrinsics;
import k23.codegen.compiler.translate.Operand.Unavailable;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.FieldNode;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.compiler.world.World;

/** What an instruction that accesses a field means. */
final class FieldSite {
    private final FieldNode field;
    private final JavaType type;
    private final Operand constant;
    private int offset;

    private FieldSite(FieldNode field, JavaType type, Operand constant) {
        this.field = field;
        this.type = type;
        this.constant = constant;
    }

    /** What {@code instruction} of {@code method} means; a refusal where it must not. */
    static FieldSite of(FieldInstruction instruction, MethodNode method, World world) {
        ClassRepository repository = world.repository();
        String owner = instruction.owner().asInternalName();
        String name = instruction.name().stringValue();
        FieldNode field = repository.resolveField(owner, name);
        if (field == null) {
            repository.get(owner);
            throw new Refusal(Problem.MEMBER_NOT_FOUND, owner.replace('/', '.') + "." + name);
        }
        boolean isGetStatic = instruction.opcode() == Opcode.GETSTATIC;
        if (isGetStatic && field.owner().isJdk() && method.owner().isJdk()) {
            Operand constant = UnsafeIntrinsics.constant(field, repository);
            if (constant != null || !world.heap().hasRoot(field)) {
                return new FieldSite(field, null,
                        constant != null ? constant : new Unavailable(closed(field)));
            }
        }
        if (field.owner().isLibrary()) {
            throw closed(field);
        }
        if (field.isHartLocal() && (!field.isStatic() || field.isFinal())) {
            throw new Refusal(Problem.HART_LOCAL, field + " is "
                    + (field.isStatic() ? "final" : "not static"));
        }
        JavaType type = repository.type(field.descriptor());
        return new FieldSite(field, type,
                isGetStatic && field.isFinal() ? initial(field, type, world) : null);
    }

    private static Refusal closed(FieldNode field) {
        return new Refusal(Problem.UNSUPPORTED_CLASS, field.toString());
    }

    private static Operand initial(FieldNode field, JavaType type, World world) {
        Object value = world.heap().root(field);
        if (value == null && !world.heap().hasRoot(field)) {
            throw new Refusal(Problem.INITIALIZER, field + " has no value");
        }
        return HostOperands.of(value, type, world);
    }

    /** The field. */
    FieldNode field() {
        return field;
    }

    /** Its type. */
    JavaType type() {
        return type;
    }

    /** What the instruction always reads; null when that depends on the program's run. */
    Operand constant() {
        return constant;
    }

    /** The field's distance from the start of an object; a refusal for classes of the JDK. */
    int offset(ClassRepository repository) {
        if (offset == 0) {
            // Behind the header: never 0.
            offset = repository.layout(field.owner()).field(field.owner().name(), field.name())
                    .offset();
        }
        return offset;
    }
}
