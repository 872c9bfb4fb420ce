package k23.codegen.compiler.heap;

import java.lang.constant.ClassDesc;
import java.lang.invoke.VarHandle;
import java.lang.invoke.VarHandle.VarHandleDesc;
import java.util.Optional;
import k23.codegen.compiler.world.ClassNode;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.FieldNode;

/** Which variable a {@link VarHandle} of the host stands for. */
public sealed interface HandleTarget {
    /**
     * A field of objects.
     *
     * @param field the field
     */
    record Instance(FieldNode field) implements HandleTarget {}

    /**
     * A static field.
     *
     * @param field the field
     */
    record Static(FieldNode field) implements HandleTarget {}

    /**
     * The elements of arrays.
     *
     * @param array descriptor of the array type
     */
    record Element(String array) implements HandleTarget {}

    /**
     * Something else: a view of bytes, a segment, a combination of other handles.
     *
     * @param what what the handle says of itself
     */
    record Other(String what) implements HandleTarget {}

    /** The variable behind {@code handle}. */
    static HandleTarget of(VarHandle handle, ClassRepository repository) {
        Optional<VarHandleDesc> found = handle.describeConstable();
        if (found.isEmpty()) {
            return new Other(handle.toString());
        }
        VarHandleDesc handleDesc = found.get();
        String owner = ClassRepository.className(
                ((ClassDesc) handleDesc.bootstrapArgsList().getFirst()).descriptorString());
        String kind = handleDesc.bootstrapMethod().methodName();
        if (kind.equals("arrayVarHandle")) {
            return new Element(owner);
        }
        ClassNode node = repository.find(owner);
        FieldNode field = node == null ? null : node.field(handleDesc.constantName());
        if (field == null) {
            return new Other(handle.toString());
        }
        return field.isStatic() ? new Static(field) : new Instance(field);
    }
}
