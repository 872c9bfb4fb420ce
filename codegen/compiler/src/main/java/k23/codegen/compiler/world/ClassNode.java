package k23.codegen.compiler.world;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attribute;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One class of the world, as its class file tells it. */
public final class ClassNode {
    /** What the descriptors of the SDK's annotations start with. */
    private static final String PREFIX = "Lk23/sdk/";

    private final String name;
    private final ClassModel model;
    private final int flags;
    private final boolean library;
    private final boolean jdk;
    private final boolean record;
    private final String binaryName;
    private final String simpleName;
    private final String superName;
    private final List<String> interfaces;
    private final List<MethodNode> methods = new ArrayList<>();
    private final Map<String, List<MethodNode>> methodsByName = new HashMap<>();
    private final Map<String, FieldNode> fields = new LinkedHashMap<>();
    private final List<String> componentNames = new ArrayList<>();
    private final List<String> componentDescriptors = new ArrayList<>();
    private final String sourceFile;
    private final List<Annotation> annotations;

    ClassNode(ClassModel model, boolean library) {
        this.model = model;
        this.library = library;
        flags = model.flags().flagsMask();
        annotations = annotations(model);
        name = model.thisClass().asInternalName();
        binaryName = name.replace('/', '.');
        simpleName = name.substring(name.lastIndexOf('/') + 1).replace('$', '.');
        jdk = JdkCode.isJdk(name);
        superName = model.superclass().map(c -> c.asInternalName()).orElse(null);
        record = "java/lang/Record".equals(superName);
        interfaces = model.interfaces().stream().map(c -> c.asInternalName()).toList();
        for (MethodModel method : model.methods()) {
            MethodNode node = new MethodNode(this, method);
            methods.add(node);
            methodsByName.computeIfAbsent(node.name(), _ -> new ArrayList<>(1)).add(node);
        }
        for (FieldModel field : model.fields()) {
            fields.put(field.fieldName().stringValue(), new FieldNode(this, field));
        }
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
        return binaryName;
    }

    /** The name without the package; nested classes as {@code Outer.Inner}. */
    public String simpleName() {
        return simpleName;
    }

    /** Whether it belongs to the JDK, be its code compiled or not. */
    public boolean isJdk() {
        return jdk;
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
        return (flags & ClassFile.ACC_INTERFACE) != 0;
    }

    /** Whether it is abstract. */
    public boolean isAbstract() {
        return (flags & ClassFile.ACC_ABSTRACT) != 0;
    }

    /** Whether nothing can extend it. */
    public boolean isFinal() {
        return (flags & ClassFile.ACC_FINAL) != 0;
    }

    /** Whether it is a record. */
    public boolean isRecord() {
        return record;
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
        return methods;
    }

    /** The method that it declares itself with this name and descriptor, or null. */
    public MethodNode method(String methodName, String descriptor) {
        for (MethodNode method : methodsByName.getOrDefault(methodName, List.of())) {
            if (method.descriptor().equals(descriptor)) {
                return method;
            }
        }
        return null;
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
        List<Attribute<?>> attributes = element.attributes();
        List<Annotation> result = List.of();
        for (int i = 0; i < attributes.size(); i++) {
            List<Annotation> more = switch (attributes.get(i)) {
                case RuntimeInvisibleAnnotationsAttribute list -> list.annotations();
                case RuntimeVisibleAnnotationsAttribute list -> list.annotations();
                default -> List.of();
            };
            if (result.isEmpty()) {
                result = more;
            } else if (!more.isEmpty()) {
                result = new ArrayList<>(result);
                result.addAll(more);
            }
        }
        return result;
    }

    /** The SDK annotation {@code simpleName} among {@code annotations}. */
    static Optional<Annotation> annotation(List<Annotation> annotations, String simpleName) {
        for (Annotation annotation : annotations) {
            String name = annotation.className().stringValue();
            if (name.length() == PREFIX.length() + simpleName.length() + 1
                    && name.startsWith(PREFIX) && name.startsWith(simpleName, PREFIX.length())) {
                return Optional.of(annotation);
            }
        }
        return Optional.empty();
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
