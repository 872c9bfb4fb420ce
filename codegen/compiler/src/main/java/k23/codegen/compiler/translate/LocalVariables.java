package k23.codegen.compiler.translate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Building;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.cranelift.Variable;

/**
 * The local variables of an activation. A slot that is written once keeps its operand, with all
 * that is known of it, wherever it is read: definite assignment says that the write comes first on
 * every path. Any other slot is a Cranelift variable for each word that it ever holds.
 *
 * <p>In a record's constructor the components of {@code this} are further slots.
 */
final class LocalVariables {
    private final FunctionCode code;
    private final MethodNode method;
    private final Operand[] slots;
    /** What a slot's variables hold at the current piece, where no operand is known. */
    private final JavaType[] pending;
    private final int[] writes;
    /** By slot, word and type; made where there are any. */
    private Map<Long, Variable> variables = Map.of();
    private final Building building;

    LocalVariables(FunctionCode code, MethodFacts facts) {
        this.code = code;
        method = facts.method();
        building = facts.built() == null ? null : new Building(facts.built());
        writes = facts.writes().clone();
        slots = new Operand[writes.length];
        pending = new JavaType[writes.length];
    }

    /** Sets the parameters. */
    void enter(List<Operand> arguments) {
        int slot = 0;
        if (building != null) {
            writes[0]++;
            set(0, building);
            slot = 1;
        }
        for (Operand argument : arguments) {
            writes[slot]++;
            set(slot, argument);
            slot += argument.isWide() ? 2 : 1;
        }
    }

    Building building() {
        return building;
    }

    private int componentSlot(int component) {
        return method.bytecode().maxLocals() + component;
    }

    void setComponent(int component, Operand operand) {
        set(componentSlot(component), operand);
    }

    Operand component(int component) {
        int slot = componentSlot(component);
        if (slots[slot] == null && writes[slot] <= 1) {
            return zero(building.type().components().get(component).type());
        }
        if (slots[slot] == null && pending[slot] == null) {
            pending[slot] = building.type().components().get(component).type();
        }
        return get(slot);
    }

    /** The record whose components have all been set. */
    Tuple built() {
        List<Operand> components = new ArrayList<>();
        for (int i = 0; i < building.type().components().size(); i++) {
            components.add(component(i));
        }
        return new Tuple(building.type(), components);
    }

    private Operand zero(JavaType type) {
        return switch (type) {
            case Scalar scalar -> new Word(scalar.isFloat() ? FunctionCode.clifType(scalar)
                    : scalar == Scalar.LONG ? Type.I64 : Type.I32, null, 0);
            case RecordType record -> new Tuple(record, record.components().stream()
                    .map(c -> zero(c.type())).toList());
            default -> Operand.Reference.NULL;
        };
    }

    /** Writes a slot. */
    void set(int slot, Operand operand) {
        slots[slot] = operand;
        pending[slot] = null;
        if (isStable(slot)) {
            return;
        }
        if (!(operand instanceof Tuple)) {
            Value value = code.value(operand);
            code.f().define(variable(slot, 0, value.type()), value);
            return;
        }
        int leaf = 0;
        for (Value value : words(operand)) {
            code.f().define(variable(slot, leaf++, value.type()), value);
        }
    }

    /**
     * What a debugger shows for {@code slot}, which holds a {@code type}: null for nothing, or for
     * what it was told when the slot was written, where {@code changing} is asked for.
     */
    Operand shown(int slot, JavaType type, boolean changing) {
        if (isStable(slot)) {
            return changing ? null : slots[slot];
        }
        boolean hasWords = slots[slot] == null ? pending[slot] != null
                && pending[slot] instanceof RecordType == type instanceof RecordType
                : slots[slot] instanceof Word || slots[slot] instanceof Operand.Reference
                || slots[slot] instanceof Tuple;
        return hasWords ? use(slot, type) : null;
    }

    private List<Value> words(Operand operand) {
        List<Value> result = new ArrayList<>();
        if (operand instanceof Tuple tuple) {
            tuple.components().forEach(component -> result.addAll(words(component)));
        } else {
            result.add(code.value(operand));
        }
        return result;
    }

    /** Reads a slot. */
    Operand get(int slot) {
        if (slots[slot] == null) {
            if (pending[slot] == null) {
                throw new IllegalStateException("slot " + slot + " of " + method + " is not set");
            }
            slots[slot] = use(slot, pending[slot]);
        }
        return slots[slot];
    }

    private Operand use(int slot, JavaType type) {
        List<Value> values = new ArrayList<>();
        for (Type word : FunctionCode.clifTypes(type)) {
            values.add(code.f().use(variable(slot, values.size(), word)));
        }
        return code.operand(type, values.iterator());
    }

    /** The operand that {@code slot} has wherever it is read; null when there is no such. */
    Operand stable(int slot) {
        return isStable(slot) ? slots[slot] : null;
    }

    private boolean isStable(int slot) {
        return writes[slot] <= 1;
    }

    private Variable variable(int slot, int leaf, Type type) {
        Long key = (long) slot << 32 | (long) leaf << 8 | type.ordinal();
        Variable known = variables.get(key);
        if (known == null) {
            known = code.f().declare(type);
            if (variables.isEmpty()) {
                variables = new HashMap<>();
            }
            variables.put(key, known);
        }
        return known;
    }

    /** Starts a piece where the slots have these types; null where nothing is known. */
    void join(JavaType[] types) {
        for (int slot = 0; slot < slots.length; slot++) {
            if (!isStable(slot)) {
                slots[slot] = null;
                pending[slot] = slot < types.length ? types[slot] : null;
            }
        }
    }

    /** Refuses a jump to where a slot holds another kind of value than here. */
    void checkJoin(JavaType[] types) {
        for (int slot = 0; slot < types.length; slot++) {
            if (types[slot] == null || slots[slot] == null || isStable(slot)) {
                continue;
            }
            boolean isTuple = slots[slot] instanceof Tuple;
            if (types[slot] instanceof RecordType record && !isTuple) {
                throw new Refusal(Problem.NULL_RECORD, record.name().replace('/', '.'));
            }
            if (isTuple && !(types[slot] instanceof RecordType)) {
                code.value(slots[slot]);
            }
        }
    }

    void replace(Operand old, Operand made) {
        for (int slot = 0; slot < slots.length; slot++) {
            if (old.equals(slots[slot])) {
                set(slot, made);
            }
        }
    }

    // Stack entries at joins: negative slots

    void setStackEntry(int depth, Operand operand, JavaType type) {
        int leaf = 0;
        for (Value value : code.values(operand, type)) {
            code.f().define(variable(-1 - depth, leaf++, value.type()), value);
        }
    }

    Operand stackEntry(int depth, JavaType type) {
        return use(-1 - depth, type);
    }
}
