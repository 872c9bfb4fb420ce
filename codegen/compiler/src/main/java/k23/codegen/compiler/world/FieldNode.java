package k23.codegen.compiler.world;

import java.lang.classfile.FieldModel;
import java.lang.reflect.AccessFlag;

/** One field of a class. */
public final class FieldNode {
    private final ClassNode owner;
    private final FieldModel model;

    FieldNode(ClassNode owner, FieldModel model) {
        this.owner = owner;
        this.model = model;
    }

    /** The class that declares it. */
    public ClassNode owner() {
        return owner;
    }

    /** Its name. */
    public String name() {
        return model.fieldName().stringValue();
    }

    /** Its descriptor. */
    public String descriptor() {
        return model.fieldType().stringValue();
    }

    /** Whether it is static. */
    public boolean isStatic() {
        return model.flags().has(AccessFlag.STATIC);
    }

    /** Whether it is final. */
    public boolean isFinal() {
        return model.flags().has(AccessFlag.FINAL);
    }

    /** Whether it is volatile. */
    public boolean isVolatile() {
        return model.flags().has(AccessFlag.VOLATILE);
    }

    /** Whether every hart has its own. */
    public boolean isHartLocal() {
        return ClassNode.annotation(ClassNode.annotations(model), "HartLocal").isPresent();
    }

    /** Whether it is a constant of an enum. */
    public boolean isEnumConstant() {
        return model.flags().has(AccessFlag.ENUM);
    }

    /** Whether its object is never written. */
    public boolean isReadOnly() {
        return ClassNode.annotation(ClassNode.annotations(model), "ReadOnly").isPresent();
    }

    /** The linker symbol of a static field. */
    public String symbol() {
        return owner.binaryName() + "." + name();
    }

    @Override
    public String toString() {
        return owner.simpleName() + "." + name();
    }
}
