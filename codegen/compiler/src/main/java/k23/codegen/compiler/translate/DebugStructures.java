package k23.codegen.compiler.translate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.ClassNode;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.ObjectLayout;
import k23.codegen.link.DebugType;
import k23.codegen.link.DebugType.Base;
import k23.codegen.link.DebugType.Elements;
import k23.codegen.link.DebugType.Encoding;
import k23.codegen.link.DebugType.Member;
import k23.codegen.link.DebugType.Pointer;
import k23.codegen.link.DebugType.Structure;

/**
 * Java's types as a debugger sees them: records and objects are structures, references are
 * pointers, arrays and strings have {@code length} and {@code data}.
 */
public final class DebugStructures {
    private static final Base WORD = new Base("int", Encoding.SIGNED, 4);

    private final ClassRepository repository;
    private final Map<String, Structure> structures = new TreeMap<>();

    /** No structures yet. */
    public DebugStructures(ClassRepository repository) {
        this.repository = repository;
    }

    /** The structures that types have referred to, sorted by name. */
    public List<Structure> structures() {
        return List.copyOf(structures.values());
    }

    /** The type of variables of {@code type}. */
    DebugType type(JavaType type) {
        return switch (type) {
            case Scalar scalar -> scalar(scalar);
            case RecordType record -> new DebugType.Value(record(record));
            case ReferenceType reference -> new Pointer(reference.isArray()
                    ? array(reference.name()) : object(reference.name()));
        };
    }

    private static Base scalar(Scalar type) {
        return switch (type) {
            case BOOLEAN -> new Base("boolean", Encoding.BOOLEAN, 1);
            case BYTE -> new Base("byte", Encoding.SIGNED, 1);
            case SHORT -> new Base("short", Encoding.SIGNED, 2);
            case CHAR -> new Base("char", Encoding.CHARACTER, 2);
            case INT -> WORD;
            case LONG -> new Base("long", Encoding.SIGNED, 8);
            case FLOAT -> new Base("float", Encoding.FLOAT, 4);
            case DOUBLE -> new Base("double", Encoding.FLOAT, 8);
            case VOID -> throw new IllegalArgumentException("void");
        };
    }

    private String record(RecordType type) {
        String name = type.name().replace('/', '.');
        if (!structures.containsKey(name)) {
            structures.put(name, new Structure(name, type.bytes(), type.components().stream()
                    .map(c -> new Member(c.name(), type(c.type()), c.offset())).toList()));
        }
        return name;
    }

    private String array(String descriptor) {
        JavaType element = repository.type(descriptor.substring(1));
        return named(element.descriptor().replace('/', '.') + "[]", Layouts.BODY, () -> List.of(
                new Member("length", WORD, Layouts.LENGTH),
                new Member("data", new Elements(type(element)), Layouts.BODY)));
    }

    private String object(String type) {
        String name = type.replace('/', '.');
        if (type.equals("java/lang/String")) {
            return named(name, Layouts.BODY, () -> List.of(
                    new Member("length", WORD, Layouts.LENGTH),
                    new Member("data", new Elements(scalar(Scalar.CHAR)), Layouts.BODY)));
        }
        ObjectLayout layout = layout(type);
        return named(name, layout.bytes(), () -> layout.fields().stream()
                .map(field -> new Member(field.name(), type(field.type()), field.offset()))
                .toList());
    }

    /** Interfaces and classes of the JDK have nothing to show but their type id. */
    private ObjectLayout layout(String type) {
        ClassNode node = repository.find(type);
        try {
            return node == null || node.isInterface()
                    ? new ObjectLayout(List.of(), Layouts.BODY)
                    : repository.layout(node);
        } catch (Refusal refusal) {
            return new ObjectLayout(List.of(), Layouts.BODY);
        }
    }

    /** Members of the members' types may refer to the structure itself. */
    private String named(String name, int bytes, Members members) {
        if (!structures.containsKey(name)) {
            structures.put(name, new Structure(name, bytes, List.of()));
            List<Member> all = new ArrayList<>();
            all.add(new Member("typeId", WORD, Layouts.TYPE_ID));
            all.addAll(members.list());
            structures.put(name, new Structure(name, bytes, all));
        }
        return name;
    }

    @FunctionalInterface
    private interface Members {
        List<Member> list();
    }
}
