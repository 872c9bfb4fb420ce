package k23.codegen.compiler.heap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.FieldNode;

/**
 * Where the {@code @HartLocal} variables are in a hart's block: behind the fields of
 * {@code k23.sdk.boot.PerHart}, by their symbols.
 */
public final class HartLocals {
    /** The linker symbol of the template, from which the loader makes every hart's block. */
    public static final String SYMBOL = "k23.hart_locals";

    /** Where the fields of PerHart end. */
    private static final int START = 64;
    /** The most that the loader gives a hart. */
    private static final int MOST = 1 << 20;

    private final Map<FieldNode, Integer> offsets = new LinkedHashMap<>();
    private int bytes = START;

    /** The layout of the variables among {@code heap}'s roots. */
    public HartLocals(ImageHeap heap, ClassRepository repository) {
        TreeMap<String, FieldNode> fields = new TreeMap<>();
        heap.roots().keySet().stream()
                .filter(field -> field.isHartLocal() && !field.isFinal())
                .forEach(field -> fields.put(field.symbol(), field));
        for (FieldNode field : fields.values()) {
            JavaType type = repository.type(field.descriptor());
            int offset = Layouts.align(bytes, type.alignment());
            offsets.put(field, offset);
            bytes = offset + type.bytes();
            if (bytes > MOST) {
                throw new Refusal(Problem.LIMIT, "more than 1 MiB of @HartLocal variables");
            }
        }
    }

    /** The variables and their offsets in a hart's block, ascending. */
    public Map<FieldNode, Integer> offsets() {
        return offsets;
    }

    /** The offset of {@code field}'s variable in a hart's block. */
    public int offset(FieldNode field) {
        return offsets.get(field);
    }

    /** How many bytes of a hart's block are used. */
    public int bytes() {
        return bytes;
    }
}
