package k23.codegen.compiler.heap;

import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.ClassNode;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.FieldNode;
import k23.codegen.compiler.world.ObjectLayout;

/** The objects that are in the program's image, in the order in which they were reached. */
public final class ImageHeap {
    /**
     * One object.
     *
     * @param symbol   its linker symbol
     * @param value    the host's object
     * @param type     internal name of its class, or descriptor of the array type
     * @param readOnly whether nothing ever writes it
     */
    public record ImageObject(String symbol, Object value, String type, boolean readOnly) {}

    private record Pending(Object value, String type, String path, boolean readOnly) {}

    private final ClassRepository repository;
    private final Map<Object, ImageObject> objects = new IdentityHashMap<>();
    private final List<ImageObject> inOrder = new ArrayList<>();
    private final Map<String, ImageObject> strings = new LinkedHashMap<>();
    private final Map<String, ImageObject> singletons = new LinkedHashMap<>();
    private final Map<FieldNode, Object> roots = new LinkedHashMap<>();
    private final Set<String> types = new TreeSet<>();
    private final List<Pending> pending = new ArrayList<>();

    /** An empty heap. */
    public ImageHeap(ClassRepository repository) {
        this.repository = repository;
    }

    /** Adds the string {@code text}. */
    public void addString(String text) {
        strings.computeIfAbsent(text, t -> {
            types.add("java/lang/String");
            return new ImageObject("string." + strings.size(), t, "java/lang/String", true);
        });
    }

    /** Adds the only object of {@code type}, a class without fields. */
    public void addSingleton(String type) {
        singletons.computeIfAbsent(type, t -> {
            types.add(t);
            ImageObject object = new ImageObject("heap.singleton." + t.replace('/', '.'), t, t,
                    true);
            inOrder.add(object);
            return object;
        });
    }

    /** The symbol of the only object of {@code type}; it must have been added. */
    public String singletonSymbol(String type) {
        return singletons.get(type).symbol();
    }

    /** Adds what the static field {@code field} holds. */
    public void addRoot(FieldNode field, Object value) {
        roots.put(field, value);
        if (field.isFinal() && value instanceof VarHandle) {
            // It is used up by the calls on it.
            return;
        }
        boolean readOnly = field.isReadOnly() || field.name().equals("$VALUES")
                || field.owner().name().contains("$") && field.name().startsWith("$SwitchMap$");
        visit(value, repository.type(field.descriptor()), field.toString(), readOnly);
        while (!pending.isEmpty()) {
            Pending next = pending.removeLast();
            visitParts(next);
        }
    }

    private void visit(Object value, JavaType type, String path, boolean readOnly) {
        switch (type) {
            case Scalar scalar -> { }
            case RecordType record -> visitRecord(value, record, path);
            case ReferenceType reference -> visitObject(value, path, readOnly);
        }
    }

    private void visitRecord(Object value, RecordType type, String path) {
        if (value == null) {
            return;
        }
        for (RecordType.Component component : type.components()) {
            visit(component(value, component.name()), component.type(),
                    path + "." + component.name(), false);
        }
    }

    /** The component {@code name} of the host's {@code record}. */
    public static Object component(Object record, String name) {
        return HostClasses.get(HostClasses.field(record.getClass(), name), record);
    }

    private void visitObject(Object value, String path, boolean readOnly) {
        if (value == null) {
            return;
        }
        if (value instanceof String text) {
            addString(text);
            return;
        }
        if (objects.containsKey(value)) {
            return;
        }
        String type = typeName(value.getClass());
        if (!type.startsWith("[")) {
            ClassNode node = repository.find(type);
            if (node == null || node.isLibrary()) {
                throw new Refusal(Problem.IMAGE_OBJECT,
                        value.getClass().getName() + " held by " + path);
            }
            if (node.isRecord()) {
                throw new Refusal(Problem.RECORD_AS_OBJECT,
                        node.binaryName() + " held by " + path);
            }
        }
        types.add(type);
        boolean constant = readOnly || isImmutable(type);
        ImageObject object = new ImageObject("heap." + inOrder.size() + "." + path, value, type,
                constant);
        objects.put(value, object);
        inOrder.add(object);
        pending.add(new Pending(value, type, path, readOnly));
    }

    private boolean isImmutable(String type) {
        if (type.startsWith("[")) {
            return false;
        }
        for (ClassNode c = repository.find(type); c != null && !c.isLibrary();
                c = repository.find(c.superName())) {
            for (FieldNode field : c.fields()) {
                if (!field.isStatic() && !field.isFinal()) {
                    return false;
                }
            }
        }
        return true;
    }

    private void visitParts(Pending object) {
        if (object.type.startsWith("[")) {
            JavaType element = repository.type(object.type.substring(1));
            if (element instanceof Scalar) {
                return;
            }
            // An array of arrays is read-only as a whole; other elements tell for themselves.
            boolean readOnly = object.readOnly && element instanceof ReferenceType reference
                    && reference.isArray();
            for (int i = 0; i < Array.getLength(object.value); i++) {
                visit(Array.get(object.value, i), element, object.path + "[" + i + "]",
                        readOnly);
            }
            return;
        }
        ObjectLayout layout = repository.layout(repository.get(object.type));
        for (ObjectLayout.Field field : layout.fields()) {
            visit(value(object.value, field), field.type(), object.path + "." + field.name(),
                    false);
        }
    }

    /** The value of {@code field} in the host's {@code object}. */
    static Object value(Object object, ObjectLayout.Field field) {
        if (field.owner().equals("java/lang/Enum")) {
            Enum<?> constant = (Enum<?>) object;
            return field.name().equals("ordinal") ? constant.ordinal() : constant.name();
        }
        Class<?> owner = object.getClass();
        while (!owner.getName().replace('.', '/').equals(field.owner())) {
            owner = owner.getSuperclass();
        }
        return HostClasses.get(HostClasses.field(owner, field.name()), object);
    }

    private static String typeName(Class<?> type) {
        return type.isArray() ? type.descriptorString() : type.getName().replace('.', '/');
    }

    /** The types of all objects: internal names and array descriptors. */
    public Set<String> types() {
        return types;
    }

    /** The symbol of the string {@code text}; it must have been added. */
    public String stringSymbol(String text) {
        ImageObject object = strings.get(text);
        if (object == null) {
            throw new IllegalStateException("string was not seen: " + text);
        }
        return object.symbol();
    }

    /** The image object of a host object other than a string; it must have been added. */
    public ImageObject object(Object value) {
        ImageObject object = value instanceof String text ? strings.get(text)
                : objects.get(value);
        if (object == null) {
            throw new IllegalStateException("object was not seen: " + value);
        }
        return object;
    }

    /** All objects but strings, in order. */
    public List<ImageObject> objects() {
        return inOrder;
    }

    /** All strings, in order. */
    public List<ImageObject> strings() {
        return List.copyOf(strings.values());
    }

    /** The static fields and what they hold, in order. */
    public Map<FieldNode, Object> roots() {
        return roots;
    }

    /** Whether the value of the static field {@code field} is known. */
    public boolean hasRoot(FieldNode field) {
        return roots.containsKey(field);
    }

    /** The value that the static field {@code field} starts with. */
    public Object root(FieldNode field) {
        return roots.get(field);
    }
}
