package k23.codegen.compiler.type;

import java.util.List;

/** Where things are in memory. */
public final class Layouts {
    /** Offset of the u32 type id of an object or array. */
    public static final int TYPE_ID = 0;
    /** Offset of the u32 length of an array or string. */
    public static final int LENGTH = 4;
    /** Offset of the first field, element or character. */
    public static final int BODY = 8;

    private Layouts() {}

    /**
     * One machine word of a flattened type.
     *
     * @param type   a scalar or reference type
     * @param offset from the start of the flattened type in memory
     */
    public record Leaf(JavaType type, int offset) {}

    /** The least multiple of {@code alignment}, a power of two, that is at least {@code offset}. */
    public static int align(int offset, int alignment) {
        return (offset + alignment - 1) & -alignment;
    }

    /** The words that {@code type} consists of; none for {@code void}. */
    public static List<Leaf> leaves(JavaType type) {
        return switch (type) {
            case Scalar scalar -> scalar.leaves();
            case RecordType record -> record.leaves();
            case ReferenceType reference -> List.of(new Leaf(reference, 0));
        };
    }

    /** The distance of two array elements of {@code type} in bytes. */
    public static int stride(JavaType type) {
        return Math.max(1, type.bytes());
    }
}
