package k23.codegen.compiler.world;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One class of the world, as its class file tells it. */
public final class ClassNode {
    private final String name;
    private final ClassModel model;
    private final boolean library;
    private final String superName;
    private final List<String> interfaces;
    private final Map<String, MethodNode> methods = new LinkedHashMap<>();
    private final Map<String, FieldNode> fields = new LinkedHashMap<>();
    private final List<String> componentNames = new ArrayList<>();
    private final List<String> componentDescriptors = new ArrayList<>();
    private final String sourceFile;
    private final List<Annotation> annotations;

    ClassNode(ClassModel model, boolean library) {
        this.model = model;
        this.library = library;
        annotations = annotations(model);
        name = model.thisClass().asInternalName();
        superName = model.superclass().map(c -> c.asInternalName()).orElse(null);
        interfaces = model.interfaces().stream().map(c -> c.asInternalName()).toList();
        model.methods().forEach(m -> methods.put(
                m.methodName().stringValue() + m.methodType().stringValue(),
                new MethodNode(this, m)));
        model.fields().forEach(f -> fields.put(f.fieldName().stringValue(),
                new FieldNode(this, f)));
        model.findAttribute(Attributes.record()).ifPresent(record ->
                record.components().forEach(component -> {
                    componentNames.add(component.name().stringValue());
                    componentDescriptors.add(component.descriptor().stringValue());
                }));
        sourceFile = model.findAttribute(Attributes.sourceFile())
                .map(a -> a.sourceFile().stringValue()).orElse(simpleName() + ".java");
    }

    /** The internal name. */
    public String name() {
        return name;
    }

    /** The name as Java programs write it, with dots. */
    public String binaryName() {
        return name.replace('/', '.');
    }

    /** The name without the package; nested classes as {@code Outer.Inner}. */
    public String simpleName() {
        return name.substring(name.lastIndexOf('/') + 1).replace('$', '.');
    }

    /** Whether it belongs to the JDK, be its code compiled or not. */
    public boolean isJdk() {
        return JdkCode.isJdk(name);
    }

    /** Whether it belongs to the JDK and only its declarations count, its code does not. */
    public boolean isLibrary() {
        return library;
    }

    /** The internal name of the superclass; null for {@code Object}. */
    public String superName() {
        return superName;
    }

    /** The internal names of the direct superinterfaces. */
    public List<String> interfaces() {
        return interfaces;
    }

    /** Whether it is an interface. */
    public boolean isInterface() {
        return model.flags().has(AccessFlag.INTERFACE);
    }

    /** Whether it is abstract. */
    public boolean isAbstract() {
        return model.flags().has(AccessFlag.ABSTRACT);
    }

    /** Whether nothing can extend it. */
    public boolean isFinal() {
        return model.flags().has(AccessFlag.FINAL);
    }

    /** Whether it is a record. */
    public boolean isRecord() {
        return "java/lang/Record".equals(superName);
    }

    /** Whether it is an enum (not a constant's body). */
    public boolean isEnum() {
        return "java/lang/Enum".equals(superName);
    }

    /** The names of the record components. */
    public List<String> componentNames() {
        return componentNames;
    }

    /** The descriptors of the record components. */
    public List<String> componentDescriptors() {
        return componentDescriptors;
    }

    /** The methods that it declares, in the class file's order. */
    public Iterable<MethodNode> methods() {
        return methods.values();
    }

    /** The method that it declares itself with this name and descriptor, or null. */
    public MethodNode method(String methodName, String descriptor) {
        return methods.get(methodName + descriptor);
    }

    /** The fields that it declares, in the class file's order. */
    public Iterable<FieldNode> fields() {
        return fields.values();
    }

    /** The field that it declares itself, or null. */
    public FieldNode field(String fieldName) {
        return fields.get(fieldName);
    }

    /** The name of the source file. */
    public String sourceFile() {
        return sourceFile;
    }

    ClassModel model() {
        return model;
    }

    /** Its SDK annotation {@code annotationName}. */
    public Optional<Annotation> annotation(String annotationName) {
        return annotation(annotations, annotationName);
    }

    /** The annotations of {@code element}, read once: many questions are asked of them. */
    static List<Annotation> annotations(AttributedElement element) {
        return Stream.concat(
                element.findAttribute(Attributes.runtimeInvisibleAnnotations()).stream()
                        .flatMap(list -> list.annotations().stream()),
                element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
                        .flatMap(list -> list.annotations().stream())).toList();
    }

    /** The SDK annotation {@code simpleName} among {@code annotations}. */
    static Optional<Annotation> annotation(List<Annotation> annotations, String simpleName) {
        if (annotations.isEmpty()) {
            return Optional.empty();
        }
        String descriptor = "Lk23/sdk/" + simpleName + ";";
        return annotations.stream()
                .filter(a -> a.className().equalsString(descriptor)).findFirst();
    }

    /** The element {@code name} of an annotation as a string; null when it is not given. */
    public static String text(Annotation annotation, String name) {
        return annotation.elements().stream().filter(e -> e.name().equalsString(name))
                .map(e -> text(e.value())).findFirst().orElse(null);
    }

    /** A value as text; the elements of an array with commas between. */
    private static String text(AnnotationValue value) {
        return switch (value) {
            case AnnotationValue.OfString s -> s.stringValue();
            case AnnotationValue.OfInt i -> String.valueOf(i.intValue());
            case AnnotationValue.OfEnum c -> c.constantName().stringValue();
            case AnnotationValue.OfArray a -> a.values().stream().map(ClassNode::text)
                    .collect(Collectors.joining(","));
            default -> throw new IllegalStateException("annotation value " + value);
        };
    }

    @Override
    public String toString() {
        return binaryName();
    }
}
