package k23.codegen.compiler.world;

import java.lang.classfile.Annotation;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;
import k23.codegen.compiler.diagnostic.Place;
import k23.sdk.riscv.IsaExtension;
import k23.sdk.riscv.IsaExtensions;

/** One method of a class. */
public final class MethodNode {
    private final ClassNode owner;
    private final MethodModel model;
    private final List<Annotation> annotations;
    private final String name;
    private final String descriptor;
    private final boolean inline;
    private final boolean noInline;
    private final boolean intrinsic;
    private final String symbolAnnotation;
    private final String template;
    private final IsaExtensions features;
    private final int flags;
    private final boolean hasCode;
    private String symbol;
    private String display;
    private volatile Bytecode bytecode;
    private volatile StackFlow stackFlow;

    MethodNode(ClassNode owner, MethodModel model) {
        this.owner = owner;
        this.model = model;
        name = model.methodName().stringValue();
        descriptor = model.methodType().stringValue();
        flags = model.flags().flagsMask();
        hasCode = (flags & (ClassFile.ACC_ABSTRACT | ClassFile.ACC_NATIVE)) == 0;
        annotations = ClassNode.annotations(model);
        inline = ClassNode.annotation(annotations, "Inline").isPresent();
        noInline = ClassNode.annotation(annotations, "NoInline").isPresent();
        intrinsic = ClassNode.annotation(annotations, "Intrinsic").isPresent();
        symbolAnnotation = ClassNode.annotation(annotations, "Symbol")
                .map(a -> ClassNode.text(a, "value")).orElse(null);
        template = ClassNode.annotation(annotations, "Template")
                .map(a -> ClassNode.text(a, "value")).orElse(null);
        features = ClassNode.annotation(annotations, "TargetFeature").map(MethodNode::features)
                .orElse(IsaExtensions.NONE);
    }

    private static IsaExtensions features(Annotation annotation) {
        IsaExtensions result = IsaExtensions.NONE;
        for (String name : ClassNode.text(annotation, "value").split(",")) {
            result = name.isEmpty() ? result : result.with(IsaExtension.valueOf(name));
        }
        return result;
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

    /** Its descriptor, parsed. */
    public MethodTypeDesc type() {
        return model.methodTypeSymbol();
    }

    /** Whether it is static. */
    public boolean isStatic() {
        return has(ClassFile.ACC_STATIC);
    }

    /** Whether it has no code because a subclass gives it. */
    public boolean isAbstract() {
        return has(ClassFile.ACC_ABSTRACT);
    }

    /** Whether no subclass can override it. */
    public boolean isFinal() {
        return has(ClassFile.ACC_FINAL | ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC)
                || isConstructor() || owner.isFinal();
    }

    /** Whether it is {@code synchronized}. */
    public boolean isSynchronized() {
        return has(ClassFile.ACC_SYNCHRONIZED);
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether it is a constructor. */
    public boolean isConstructor() {
        return name.equals("<init>");
    }

    /** Whether it has code. */
    public boolean hasCode() {
        return hasCode;
    }

    /** Whether it carries {@code @Inline}. */
    public boolean isInline() {
        return inline;
    }

    /** Whether it carries {@code @NoInline}. */
    public boolean isNoInline() {
        return noInline;
    }

    /** Whether it carries {@code @Intrinsic}. */
    public boolean isIntrinsic() {
        return intrinsic;
    }

    /** Its SDK annotation {@code annotationName}. */
    public Optional<Annotation> annotation(String annotationName) {
        return ClassNode.annotation(annotations, annotationName);
    }

    /** What its {@code @TargetFeature} names. */
    public IsaExtensions features() {
        return features;
    }

    /** The value of its {@code @Symbol}, or null. */
    public String symbolAnnotation() {
        return symbolAnnotation;
    }

    /** The value of its {@code @Template}, or null. */
    public String template() {
        return template;
    }

    /** The element {@code element} of its {@code @Entry}; null when absent or not given. */
    public String entryOption(String element) {
        return ClassNode.annotation(annotations, "Entry")
                .map(a -> ClassNode.text(a, element)).orElse(null);
    }

    /** Whether it carries {@code @Entry}. */
    public boolean isEntry() {
        return ClassNode.annotation(annotations, "Entry").isPresent();
    }

    /** Its code; it must have one. */
    public Bytecode bytecode() {
        Bytecode result = bytecode;
        if (result == null) {
            synchronized (this) {
                if (bytecode == null) {
                    bytecode = Bytecode.of(this, model.code().orElseThrow());
                }
                result = bytecode;
            }
        }
        return result;
    }

    /** Where the values on its operand stack go; it must have code. */
    StackFlow stackFlow() {
        StackFlow result = stackFlow;
        if (result == null) {
            result = new StackFlow(this);
            stackFlow = result;
        }
        return result;
    }

    /** The slot of its operand {@code argument}, where the receiver is the first. */
    int parameterSlot(int argument) {
        int slot = 0;
        int first = isStatic() ? 0 : 1;
        for (int i = 0; i < argument; i++) {
            slot += i < first ? 1 : TypeKind.from(type().parameterType(i - first)).slotSize();
        }
        return slot;
    }

    /** The linker symbol of its code: class, method and descriptor, as the JVM writes them. */
    public String symbol() {
        // Threads that race here make equal texts.
        String result = symbol;
        if (result == null) {
            result = owner.binaryName() + "." + name + descriptor;
            symbol = result;
        }
        return result;
    }

    /** What a backtrace shows: class without package, and method. */
    public String display() {
        String result = display;
        if (result == null) {
            result = owner.simpleName() + "." + name;
            display = result;
        }
        return result;
    }

    /** The place of the method as a whole. */
    public Place place() {
        int line = hasCode() && !owner.isLibrary() ? bytecode().firstLine() : 0;
        return new Place(owner.sourceFile(), line, display());
    }

    @Override
    public String toString() {
        return display();
    }
}
