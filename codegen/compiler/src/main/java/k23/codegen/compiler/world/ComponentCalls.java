package k23.codegen.compiler.world;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;

/** What the automatic {@code equals} and {@code hashCode} of a record ask its components. */
public final class ComponentCalls {
    private ComponentCalls() {}

    /** Whether {@code call} makes the {@code equals} or {@code hashCode} of a record. */
    static boolean concerns(InvokeDynamicInstruction call) {
        return call.bootstrapMethod().owner().displayName().equals("ObjectMethods")
                && !call.name().equalsString("toString");
    }

    /** Reaches what {@code call} in {@code method} asks the components. */
    static void scan(InvokeDynamicInstruction call, MethodNode method, Reachability world) {
        reach(world.repository().typeOfClass(method.owner().name()),
                call.name().equalsString("equals"), world);
    }

    private static void reach(JavaType type, boolean isEquality, Reachability world) {
        switch (type) {
            case RecordType record -> record.components().forEach(component ->
                    reach(component.type(), isEquality, world));
            case ReferenceType reference when isEquality -> {
                if (!isIdentity(world.repository(), reference)) {
                    world.call(equality(world.resolver(), reference));
                }
            }
            case ReferenceType reference -> world.call(hash(world.resolver(), reference));
            case Scalar _ -> { }
        }
    }

    /** Whether objects of {@code type} are equal only when they are the same. */
    public static boolean isIdentity(ClassRepository repository, ReferenceType type) {
        if (type.isArray()) {
            return true;
        }
        ClassNode node = repository.get(type.name());
        MethodNode method = repository.resolve(type.name(), "equals", "(Ljava/lang/Object;)Z");
        return (node.isFinal() || repository.isSubclass(type.name(), "java/lang/Enum"))
                && method != null && method.owner().isLibrary()
                && !type.name().equals("java/lang/String");
    }

    /** The {@code equals} of an object of {@code type}. */
    public static Callee equality(CallResolver resolver, ReferenceType type) {
        return resolver.resolve(Opcode.INVOKEVIRTUAL, type.name(), "equals",
                "(Ljava/lang/Object;)Z");
    }

    /** The {@code hashCode} of an object of {@code type}. */
    public static Callee hash(CallResolver resolver, ReferenceType type) {
        return resolver.resolve(Opcode.INVOKEVIRTUAL, type.isArray() ? "java/lang/Object"
                : type.name(), "hashCode", "()I");
    }
}
