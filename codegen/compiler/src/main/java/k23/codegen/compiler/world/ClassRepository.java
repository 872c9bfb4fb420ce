package k23.codegen.compiler.world;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import k23.codegen.compiler.diagnostic.Place;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;

/** All classes by name: the program's, the SDK's, and the JDK's. */
public final class ClassRepository {
    private final ClassPath classPath;
    private final Map<String, Optional<ClassNode>> classes = new ConcurrentHashMap<>();
    private final Map<String, byte[]> bytes = new ConcurrentHashMap<>();
    private final Map<String, RecordType> records = new ConcurrentHashMap<>();
    private final Map<String, JavaType> types = new ConcurrentHashMap<>();
    private final Map<String, JavaType> classTypes = new ConcurrentHashMap<>();
    private final Map<String, ObjectLayout> layouts = new ConcurrentHashMap<>();

    /** A repository over {@code classPath}. */
    public ClassRepository(ClassPath classPath) {
        this.classPath = classPath;
    }

    /** The class path. */
    public ClassPath classPath() {
        return classPath;
    }

    /** Adds a class that the compiler has made, unless it is there already. */
    void define(String name, byte[] bytes) {
        classes.computeIfAbsent(name, _ -> Optional.of(
                new ClassNode(ClassFile.of().parse(bytes), false)));
    }

    /** The class with this internal name; null when there is none. */
    public ClassNode find(String name) {
        Optional<ClassNode> known = classes.get(name);
        if (known == null) {
            known = classes.computeIfAbsent(name, this::read);
        }
        return known.orElse(null);
    }

    /** The bytes of a class of the program or of the SDK, or null. */
    public byte[] bytes(String name) {
        byte[] known = bytes.get(name);
        if (known == null) {
            known = classPath.bytes(name);
            if (known == null && name.startsWith("k23/")) {
                known = ClassPath.ownBytes(name);
            }
            if (known != null) {
                bytes.put(name, known);
            }
        }
        return known;
    }

    /** Whether one of {@code texts}, which are ASCII, stands anywhere in the class file. */
    public boolean mentions(String name, String... texts) {
        byte[] bytes = bytes(name);
        if (bytes == null) {
            return false;
        }
        String content = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String text : texts) {
            if (content.contains(text)) {
                return true;
            }
        }
        return false;
    }

    private Optional<ClassNode> read(String name) {
        boolean isJdk = JdkCode.isJdk(name);
        byte[] bytes = isJdk ? ClassPath.libraryBytes(name) : bytes(name);
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ClassNode(ClassFile.of().parse(bytes),
                    isJdk && !JdkCode.isOpen(name)));
        } catch (IllegalArgumentException e) {
            throw new Refusal(Problem.CLASS_FILE, name.replace('/', '.') + ": " + e.getMessage());
        }
    }

    /** The class with this internal name; a refusal when there is none. */
    public ClassNode get(String name) {
        ClassNode node = find(name);
        if (node == null) {
            throw new Refusal(Problem.CLASS_NOT_FOUND, name.replace('/', '.'));
        }
        return node;
    }

    /** The type of a field descriptor. */
    public JavaType type(String descriptor) {
        JavaType known = types.get(descriptor);
        if (known == null) {
            known = parse(descriptor);
            types.putIfAbsent(descriptor, known);
        }
        return known;
    }

    private JavaType parse(String descriptor) {
        return switch (descriptor.charAt(0)) {
            case 'L' -> typeOfClass(descriptor.substring(1, descriptor.length() - 1));
            case '[' -> new ReferenceType(descriptor);
            default -> Scalar.of(descriptor.charAt(0));
        };
    }

    /** The type of a field descriptor. */
    public JavaType type(ClassDesc descriptor) {
        return type(descriptor.descriptorString());
    }

    /** The type of variables of a class; {@code name} is internal, or an array's descriptor. */
    public JavaType typeOfClass(String name) {
        JavaType known = classTypes.get(name);
        if (known == null) {
            known = typeOfClass(name, List.of());
            classTypes.put(name, known);
        }
        return known;
    }

    private JavaType typeOfClass(String name, List<String> around) {
        if (name.startsWith("[") || name.startsWith("java/")) {
            return new ReferenceType(name);
        }
        RecordType known = records.get(name);
        if (known != null) {
            return known;
        }
        ClassNode node = find(name);
        if (node == null || !node.isRecord()) {
            return new ReferenceType(name);
        }
        if (around.contains(name)) {
            throw new Refusal(Problem.LIMIT, new Place(node.sourceFile(), 0, node.simpleName()),
                    "a record that contains itself has no size");
        }
        List<String> path = new ArrayList<>(around);
        path.add(name);
        List<JavaType> types = new ArrayList<>();
        for (String descriptor : node.componentDescriptors()) {
            types.add(descriptor.startsWith("L") ? typeOfClass(className(descriptor), path)
                    : type(descriptor));
        }
        RecordType made = new RecordType(name, node.componentNames(), types);
        RecordType raced = records.putIfAbsent(name, made);
        return raced != null ? raced : made;
    }

    /** Where the fields of a class's objects are; a refusal for classes of the JDK. */
    public ObjectLayout layout(ClassNode node) {
        ObjectLayout known = layouts.get(node.name());
        if (known == null) {
            known = ObjectLayout.of(node, this);
            layouts.put(node.name(), known);
        }
        return known;
    }

    /** The method that a call of {@code owner.name} means (JVMS 5.4.3.3), or null. */
    public MethodNode resolve(String owner, String name, String descriptor) {
        for (ClassNode c = find(owner); c != null;
                c = c.superName() == null ? null : find(c.superName())) {
            MethodNode method = c.method(name, descriptor);
            if (method != null) {
                return method;
            }
        }
        return resolveInInterfaces(owner, name, descriptor);
    }

    private MethodNode resolveInInterfaces(String owner, String name, String descriptor) {
        MethodNode abstractOne = null;
        for (ClassNode c = find(owner); c != null;
                c = c.superName() == null ? null : find(c.superName())) {
            for (String parent : c.interfaces()) {
                ClassNode node = find(parent);
                MethodNode method = node == null ? null : node.method(name, descriptor);
                if (method == null) {
                    method = resolveInInterfaces(parent, name, descriptor);
                }
                if (method != null && !method.isAbstract()) {
                    return method;
                }
                abstractOne = abstractOne == null ? method : abstractOne;
            }
        }
        return abstractOne;
    }

    /** The field that an access to {@code owner.name} means (JVMS 5.4.3.2), or null. */
    public FieldNode resolveField(String owner, String name) {
        for (ClassNode c = find(owner); c != null;
                c = c.superName() == null ? null : find(c.superName())) {
            FieldNode field = c.field(name);
            if (field != null) {
                return field;
            }
            for (String parent : c.interfaces()) {
                field = resolveField(parent, name);
                if (field != null) {
                    return field;
                }
            }
        }
        return null;
    }

    /** Whether objects of class {@code name} are also {@code ancestor}s. */
    public boolean isSubclass(String name, String ancestor) {
        if (name.equals(ancestor) || ancestor.equals("java/lang/Object")) {
            return true;
        }
        if (name.startsWith("[")) {
            return isSubarray(name, ancestor);
        }
        for (ClassNode c = find(name); c != null;
                c = c.superName() == null ? null : find(c.superName())) {
            if (c.name().equals(ancestor)) {
                return true;
            }
            for (String parent : c.interfaces()) {
                if (isSubclass(parent, ancestor)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isSubarray(String name, String ancestor) {
        if (!ancestor.startsWith("[")) {
            return ancestor.equals("java/lang/Cloneable")
                    || ancestor.equals("java/io/Serializable");
        }
        String element = name.substring(1);
        String wanted = ancestor.substring(1);
        return element.equals(wanted) || isObject(element) && isObject(wanted)
                && isSubclass(className(element), className(wanted));
    }

    private static boolean isObject(String descriptor) {
        return descriptor.length() > 1;
    }

    /** The class name of a descriptor: internal, or the descriptor itself for arrays. */
    public static String className(String descriptor) {
        return descriptor.startsWith("L")
                ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
    }

    /** Whether {@code name} is a {@code Throwable}. */
    public boolean isThrowable(String name) {
        return !name.startsWith("[") && isSubclass(name, "java/lang/Throwable");
    }
}
