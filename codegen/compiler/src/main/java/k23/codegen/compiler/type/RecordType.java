package k23.codegen.compiler.type;

import java.util.ArrayList;
import java.util.List;

/**
 * A record: its components, one after the other. In memory they are laid out like a C struct,
 * each naturally aligned, in the order of declaration.
 */
public final class RecordType implements JavaType {
    /**
     * A component.
     *
     * @param name   its name
     * @param type   its type
     * @param offset from the start of the record in memory, in bytes
     */
    public record Component(String name, JavaType type, int offset) {}

    private final String name;
    private final List<Component> components = new ArrayList<>();
    private final List<Layouts.Leaf> leaves = new ArrayList<>();
    private final boolean hasFloat;
    private final int bytes;
    private final int alignment;

    /** The record {@code name} (an internal name) with components of these names and types. */
    public RecordType(String name, List<String> names, List<JavaType> types) {
        this.name = name;
        int offset = 0;
        int widest = 1;
        boolean isFloat = false;
        for (int i = 0; i < names.size(); i++) {
            JavaType type = types.get(i);
            offset = Layouts.align(offset, type.alignment());
            components.add(new Component(names.get(i), type, offset));
            for (Layouts.Leaf leaf : Layouts.leaves(type)) {
                leaves.add(new Layouts.Leaf(leaf.type(), offset + leaf.offset()));
                isFloat |= leaf.type() instanceof Scalar scalar && scalar.isFloat();
            }
            offset += type.bytes();
            widest = Math.max(widest, type.alignment());
        }
        hasFloat = isFloat;
        alignment = widest;
        bytes = Layouts.align(offset, widest);
    }

    /** The internal name of the record class. */
    public String name() {
        return name;
    }

    /** The components, in order. */
    public List<Component> components() {
        return components;
    }

    /** Whether a word of it is {@code float} or {@code double}. */
    public boolean hasFloat() {
        return hasFloat;
    }

    /** The words that it consists of. */
    List<Layouts.Leaf> leaves() {
        return leaves;
    }

    /** The index of the component {@code component}, or -1. */
    public int indexOf(String component) {
        for (int i = 0; i < components.size(); i++) {
            if (components.get(i).name().equals(component)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int bytes() {
        return bytes;
    }

    @Override
    public int alignment() {
        return alignment;
    }

    @Override
    public String descriptor() {
        return "L" + name + ";";
    }

    @Override
    public String toString() {
        return name;
    }
}
