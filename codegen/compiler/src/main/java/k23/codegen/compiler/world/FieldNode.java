package k23.codegen.compiler.world;

import java.lang.classfile.Annotation;
import java.lang.classfile.ClassFile;
import java.lang.classfile.FieldModel;
import java.util.List;

/** One field of a class. */
public final class FieldNode {
    private final ClassNode owner;
    private final String name;
    private final String descriptor;
    private final int flags;
    private final boolean hartLocal;
    private final boolean readOnly;

    FieldNode(ClassNode owner, FieldModel model) {
        this.owner = owner;
        name = model.fieldName().stringValue();
        descriptor = model.fieldType().stringValue();
        flags = model.flags().flagsMask();
        List<Annotation> annotations = ClassNode.annotations(model);
        hartLocal = ClassNode.annotation(annotations, "HartLocal").isPresent();
        readOnly = ClassNode.annotation(annotations, "ReadOnly").isPresent();
    }

    /** The class that declares it. */
    public ClassNode owner() {
        return owner;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its descriptor. */
    public String descriptor() {
        return descriptor;
    }

    /** Whether it is static. */
    public boolean isStatic() {
        return (flags & ClassFile.ACC_STATIC) != 0;
    }

    /** Whether it is final. */
    public boolean isFinal() {
        return (flags & ClassFile.ACC_FINAL) != 0;
    }

    /** Whether it is volatile. */
    public boolean isVolatile() {
        return (flags & ClassFile.ACC_VOLATILE) != 0;
    }

    /** Whether every hart has its own. */
    public boolean isHartLocal() {
        return hartLocal;
    }

    /** Whether it is a constant of an enum. */
    public boolean isEnumConstant() {
        return (flags & ClassFile.ACC_ENUM) != 0;
    }

    /** Whether its object is never written. */
    public boolean isReadOnly() {
        return readOnly;
    }

    /** The linker symbol of a static field. */
    public String symbol() {
        return owner.binaryName() + "." + name;
    }

    @Override
    public String toString() {
        return owner.simpleName() + "." + name;
    }
}
