package k23.codegen.compiler.type;

/**
 * A class, interface or array type whose values are addresses of objects, 0 for null.
 *
 * @param name internal name of a class ({@code java/lang/String}), or descriptor of an array
 */
public record ReferenceType(String name) implements JavaType {
    /** {@code java.lang.Object}. */
    public static final ReferenceType OBJECT = new ReferenceType("java/lang/Object");
    /** {@code java.lang.String}. */
    public static final ReferenceType STRING = new ReferenceType("java/lang/String");

    @Override
    public int bytes() {
        return 8;
    }

    @Override
    public int alignment() {
        return 8;
    }

    @Override
    public String descriptor() {
        return isArray() ? name : "L" + name + ";";
    }

    /** Whether it is an array type. */
    public boolean isArray() {
        return name.startsWith("[");
    }
}
