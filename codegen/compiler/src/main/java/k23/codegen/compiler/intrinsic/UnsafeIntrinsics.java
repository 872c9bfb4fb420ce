package k23.codegen.compiler.intrinsic;

import java.util.List;
import java.util.Map;
import java.util.Set;
import k23.codegen.compiler.translate.Activation;
import k23.codegen.compiler.translate.Operand;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.FieldNode;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Value;

/**
 * The reads of {@code jdk.internal.misc.Unsafe} with which the JDK's own code goes through arrays
 * faster than element by element; it has checked the bounds before. Programs cannot call them: the
 * package is not exported.
 */
public final class UnsafeIntrinsics {
    private static final String UNSAFE = "jdk/internal/misc/Unsafe";
    private static final int ADDRESS_SIZE = 8;
    /** Classes whose VALUE is the offset of their field value. */
    private static final Set<String> HAVE_OFFSETS = Set.of(
            "java/util/concurrent/atomic/AtomicInteger",
            "java/util/concurrent/atomic/AtomicLong");

    private UnsafeIntrinsics() {}

    static void addTo(Map<String, Emitter> table) {
        for (String name : List.of("getLong", "getLongUnaligned")) {
            table.put(UNSAFE + "." + name + "(Ljava/lang/Object;J)J",
                    (a, args) -> read(a, args, Scalar.LONG));
        }
        for (String name : List.of("getInt", "getIntUnaligned")) {
            table.put(UNSAFE + "." + name + "(Ljava/lang/Object;J)I",
                    (a, args) -> read(a, args, Scalar.INT));
        }
        table.put(UNSAFE + ".getByte(Ljava/lang/Object;J)B",
                (a, args) -> read(a, args, Scalar.BYTE));
    }

    private static Operand read(Activation a, List<Operand> args, JavaType type) {
        Value place = a.f().iadd(a.code().value(a.reference(args.get(1))),
                a.code().value(args.get(2)));
        // The offset may be any number: no promise of alignment, which the machine does not need.
        return a.code().load(type, MemoryFlags.TRUSTED, place, 0);
    }

    /** What a static field of the JDK holds on the machine; null when that is not known. */
    public static Word constant(FieldNode node, ClassRepository repository) {
        String owner = node.owner().name();
        String field = node.name();
        if (field.equals("VALUE") && HAVE_OFFSETS.contains(owner)) {
            return Word.ofLong(repository.layout(node.owner()).field(owner, "value")
                    .offset());
        }
        if (!owner.equals(UNSAFE)) {
            return null;
        }
        if (field.equals("ADDRESS_SIZE")) {
            return Word.ofInt(ADDRESS_SIZE);
        }
        if (field.endsWith("_BASE_OFFSET")) {
            return Word.ofLong(Layouts.BODY);
        }
        return switch (field) {
            case "ARRAY_BOOLEAN_INDEX_SCALE", "ARRAY_BYTE_INDEX_SCALE" -> Word.ofInt(1);
            case "ARRAY_SHORT_INDEX_SCALE", "ARRAY_CHAR_INDEX_SCALE" -> Word.ofInt(2);
            case "ARRAY_INT_INDEX_SCALE", "ARRAY_FLOAT_INDEX_SCALE" -> Word.ofInt(4);
            case "ARRAY_LONG_INDEX_SCALE", "ARRAY_DOUBLE_INDEX_SCALE" -> Word.ofInt(8);
            default -> null;
        };
    }
}
