package k23.codegen.compiler.world;

import java.util.ArrayList;
import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;

/**
 * Where the fields of a class's objects are: behind the header, superclass first, each naturally
 * aligned, in the order of declaration.
 *
 * @param fields all fields, inherited ones included
 * @param bytes  the size of an object
 */
public record ObjectLayout(List<Field> fields, int bytes) {
    /**
     * A field.
     *
     * @param owner  internal name of the class that declares it
     * @param name   its name
     * @param type   its type
     * @param offset from the start of the object
     */
    public record Field(String owner, String name, JavaType type, int offset) {}

    /** Offset of the constant's name in an enum object. */
    public static final int ENUM_NAME = Layouts.BODY;
    /** Offset of the constant's ordinal in an enum object. */
    public static final int ENUM_ORDINAL = Layouts.BODY + 8;

    /** The layout of {@code node}'s objects; a refusal for classes of the JDK. */
    static ObjectLayout of(ClassNode node, ClassRepository repository) {
        if (node.name().equals("java/lang/Object")) {
            return new ObjectLayout(List.of(), Layouts.BODY);
        }
        if (node.name().equals("java/lang/Enum")) {
            return new ObjectLayout(List.of(
                    new Field(node.name(), "name", ReferenceType.STRING, ENUM_NAME),
                    new Field(node.name(), "ordinal", Scalar.INT, ENUM_ORDINAL)),
                    ENUM_ORDINAL + 4);
        }
        if (node.isLibrary()) {
            throw new Refusal(Problem.UNSUPPORTED_CLASS, node.binaryName());
        }
        ObjectLayout inherited = repository.layout(repository.get(node.superName()));
        List<Field> fields = new ArrayList<>(inherited.fields);
        int offset = inherited.bytes;
        for (FieldNode field : node.fields()) {
            if (!field.isStatic()) {
                JavaType type = repository.type(field.descriptor());
                offset = Layouts.align(offset, type.alignment());
                fields.add(new Field(node.name(), field.name(), type, offset));
                offset += type.bytes();
            }
        }
        return new ObjectLayout(List.copyOf(fields), offset);
    }

    /** The field {@code name} that class {@code owner} declares. */
    public Field field(String owner, String name) {
        for (Field field : fields) {
            if (field.owner.equals(owner) && field.name.equals(name)) {
                return field;
            }
        }
        throw new Refusal(Problem.MEMBER_NOT_FOUND, owner.replace('/', '.') + "." + name);
    }
}
