package k23.codegen.compiler.translate;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.compiler.world.World;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.IntCondition;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.TrapCode;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.Location;
import k23.codegen.link.TrapKind;
import k23.sdk.riscv.IsaExtensions;

/** One function being written: operands to values, memory accesses, traps and locations. */
public final class FunctionCode {
    /** Accesses at or above this offset from null would not fault. */
    private static final int FIRST_PAGE = 4096;
    private static final int MAX_TRAPS = 240;

    /**
     * Why one trap code of this function traps.
     *
     * @param kind    the kind
     * @param message its text, or null
     */
    public record Trap(TrapKind kind, String message) {}

    /** A location; {@code caller} is the number of the one that it is inlined at, or -1. */
    private record Place(String method, String file, int line, int caller) {
        // Asked often, and by compilers that do not see through a record's own.
        @Override
        public int hashCode() {
            return 31 * (31 * caller + line) + method.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Place that && line == that.line && caller == that.caller
                    && method.equals(that.method) && file.equals(that.file);
        }
    }

    private final FunctionBuilder f;
    private final World world;
    private final Methods methods;
    private final DebugVariables debug;
    private final Inlining inlining;
    private final IsaExtensions features;
    private final List<Trap> traps = new ArrayList<>();
    private final Map<Trap, TrapCode> trapCodes = new HashMap<>();
    /** The codes of traps without a message. */
    private final Map<TrapKind, TrapCode> plainTraps = new EnumMap<>(TrapKind.class);
    private final List<Location> locations = new ArrayList<>();
    private final Map<Place, Integer> locationNumbers = new HashMap<>();
    private final BitSet nonNull = new BitSet();
    private final Set<MethodNode> callees = new LinkedHashSet<>();
    private final List<String> leftOut = new ArrayList<>();
    private int instructions;

    FunctionCode(FunctionBuilder f, World world, Methods methods, boolean isDebugged,
            Inlining inlining, IsaExtensions features) {
        this.f = f;
        this.world = world;
        this.methods = methods;
        debug = isDebugged ? new DebugVariables(f) : null;
        this.inlining = inlining;
        this.features = features;
    }

    /** Whether this function is compiled for all that {@code method} is. */
    boolean hasFeaturesOf(MethodNode method) {
        return method.features().without(features).isEmpty();
    }

    /** Which calls are translated in place. */
    Inlining inlining() {
        return inlining;
    }

    /** The variables that debuggers see; null where nobody asks for them. */
    DebugVariables debug() {
        return debug;
    }

    /** Where instructions go. */
    public FunctionBuilder f() {
        return f;
    }

    /** The program. */
    public World world() {
        return world;
    }

    /** What is known of methods. */
    Methods methods() {
        return methods;
    }

    /** The traps by trap code, the first has code 1. */
    public List<Trap> traps() {
        return traps;
    }

    /** The locations by number. */
    public List<Location> locations() {
        return locations;
    }

    /** Notes that the code of {@code method} is needed. */
    void needs(MethodNode method) {
        callees.add(method);
    }

    /** The methods that this function calls. */
    public Set<MethodNode> callees() {
        return callees;
    }

    /**
     * Has code of the JDK trap where it goes beyond the dialect, for the reason given. Where that
     * is the message of an exception, only the message is lost.
     */
    void leaveOut(MethodNode method, Refusal reason, String exception) {
        if (exception != null) {
            f.trap(trapCode(TrapKind.THROW, exception.replace('/', '.')));
            return;
        }
        leftOut.add(method.display() + ": " + reason.summary());
        f.trap(trapCode(TrapKind.THROW,
                "java.lang.UnsupportedOperationException: " + reason.summary()));
    }

    /** The paths of the JDK's code that are left out, and why. */
    List<String> leftOut() {
        return leftOut;
    }

    /** Counts translated instructions, inlined ones included; returns how many so far. */
    int count(int more) {
        instructions += more;
        return instructions;
    }

    /** The code of a trap of this kind. */
    public TrapCode trapCode(TrapKind kind, String message) {
        Trap trap = new Trap(kind, traps.size() < MAX_TRAPS ? message : null);
        return trapCodes.computeIfAbsent(trap, t -> {
            traps.add(t);
            return TrapCode.user(traps.size());
        });
    }

    /** The code of a trap of this kind. */
    public TrapCode trapCode(TrapKind kind) {
        TrapCode known = plainTraps.get(kind);
        if (known == null) {
            known = trapCode(kind, null);
            plainTraps.put(kind, known);
        }
        return known;
    }

    /** The number of {@code location}, which is inlined at the one numbered {@code caller}. */
    int number(Location location, int caller) {
        Place place = new Place(location.method(), location.file(), location.line(), caller);
        Integer known = locationNumbers.putIfAbsent(place, locations.size());
        if (known != null) {
            return known;
        }
        locations.add(location);
        return locations.size() - 1;
    }

    // Operands to values

    /** The CLIF type of a scalar or reference. */
    public static Type clifType(JavaType type) {
        return switch (type) {
            case Scalar scalar -> switch (scalar) {
                case FLOAT -> Type.F32;
                case DOUBLE -> Type.F64;
                case VOID -> throw new IllegalArgumentException("void");
                default -> Type.I64;
            };
            case ReferenceType _ -> Type.I64;
            case RecordType record -> throw new IllegalArgumentException(record.toString());
        };
    }

    /** The CLIF types of the words that {@code type} consists of. */
    public static List<Type> clifTypes(JavaType type) {
        List<Layouts.Leaf> leaves = Layouts.leaves(type);
        Type[] types = new Type[leaves.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = clifType(leaves.get(i).type());
        }
        return List.of(types);
    }

    /** An {@code int} from an I32, from a condition (an I8 of 0 or 1), or as it is. */
    public Word intWord(Value value) {
        return Word.ofInt(switch (value.type()) {
            case I8 -> f.uextend(Type.I64, value);
            case I32 -> f.sextend(Type.I64, value);
            default -> value;
        });
    }

    /** A primitive of Java type {@code type}, in the form in which variables hold it. */
    public static Word word(Scalar type, Value value) {
        return switch (type) {
            case LONG -> Word.ofLong(value);
            case FLOAT, DOUBLE -> new Word(value.type(), value, 0);
            default -> Word.ofInt(value);
        };
    }

    /** The low 32 bits of an {@code int} for an instruction on I32. */
    public Value narrow(Word word) {
        return word.isConstant() ? f.iconst(Type.I32, word.bits())
                : f.ireduce(Type.I32, word.value());
    }

    /** The value of a primitive. */
    public Value value(Word word) {
        if (!word.isConstant()) {
            return word.value();
        }
        if (word.type() == Type.F32) {
            return f.f32const((int) word.bits());
        }
        if (word.type() == Type.F64) {
            return f.f64const(word.bits());
        }
        return f.iconst(Type.I64, word.bits());
    }

    /** The value of a reference: its address. */
    public Value value(Reference reference) {
        if (reference.value() != null) {
            return reference.value();
        }
        return reference.isNull() ? f.iconst(Type.I64, 0) : f.symbolAddress(reference.symbol());
    }

    /** The value of a primitive or reference; everything else is refused. */
    public Value value(Operand operand) {
        return switch (operand) {
            case Word word -> value(word);
            case Reference reference -> value(reference);
            case Tuple tuple -> throw new Refusal(Problem.RECORD_AS_OBJECT,
                    tuple.type().name().replace('/', '.'));
            case Operand.Fresh fresh -> throw escaped(fresh.type());
            case Operand.Building building -> throw new Refusal(Problem.RECORD_AS_OBJECT,
                    "this, before all components of "
                            + building.type().name().replace('/', '.') + " are set");
            case Operand.Thrown thrown -> throw escaped(thrown.type());
            case Operand.Unavailable unavailable -> throw unavailable.refusal();
            case Operand.Handle handle -> throw new Refusal(Problem.VARIABLE_HANDLE,
                    "it is stored, passed or returned: " + handle.handle());
            case Operand.Concatenation _ -> throw new Refusal(Problem.CONCATENATION,
                    "its pieces are nowhere made a string");
        };
    }

    private static Refusal escaped(String type) {
        return new Refusal(Problem.EXCEPTION_OBJECT, type.replace('/', '.'));
    }

    /** The words of {@code operand} as a value of {@code type}. */
    public List<Value> values(Operand operand, JavaType type) {
        List<Value> result = new ArrayList<>();
        addValues(operand, type, result);
        return result;
    }

    /** Adds the words of {@code operand} as a value of {@code type}. */
    void addValues(Operand operand, JavaType type, List<Value> result) {
        if (!(type instanceof RecordType record)) {
            result.add(value(operand));
            return;
        }
        if (!(operand instanceof Tuple tuple)) {
            String name = record.name().replace('/', '.');
            throw operand instanceof Reference reference && reference.isNull()
                    ? new Refusal(Problem.NULL_RECORD, name)
                    : new Refusal(Problem.RECORD_AS_OBJECT, name);
        }
        for (int i = 0; i < tuple.components().size(); i++) {
            addValues(tuple.components().get(i), record.components().get(i).type(), result);
        }
    }

    /** The operand of {@code type} that consists of the next words of {@code values}. */
    public Operand operand(JavaType type, Iterator<Value> values) {
        return switch (type) {
            case RecordType record -> {
                Operand[] components = new Operand[record.components().size()];
                for (int i = 0; i < components.length; i++) {
                    components[i] = operand(record.components().get(i).type(), values);
                }
                yield new Tuple(record, List.of(components));
            }
            case ReferenceType reference -> Reference.of(values.next(), reference.name());
            case Scalar scalar -> word(scalar, values.next());
        };
    }

    /** {@link #operand} of words that come from elsewhere: what a call gives, or takes. */
    Operand received(JavaType type, Iterator<Value> values) {
        Operand operand = operand(type, values);
        promise(operand);
        return operand;
    }

    private void promise(Operand operand) {
        switch (operand) {
            case Word word when word.type() == Type.I32 -> f.promiseInt(word.value());
            case Tuple tuple -> tuple.components().forEach(this::promise);
            default -> { }
        }
    }

    // What is known on the current path

    /** Whether {@code reference} cannot be null here. */
    public boolean isNonNull(Reference reference) {
        return reference.nonNull()
                || reference.value() != null && nonNull.get(reference.value().index());
    }

    /** Notes that code behind the current place runs only if {@code reference} is not null. */
    void learnNonNull(Reference reference) {
        if (reference.value() != null) {
            nonNull.set(reference.value().index());
        }
    }

    /** A copy of what is known here: the numbers of the values that are not null. */
    BitSet facts() {
        return (BitSet) nonNull.clone();
    }

    /** Takes from {@code facts} what is not known here. */
    void restrict(BitSet facts) {
        facts.and(nonNull);
    }

    /** Goes on where {@code facts} are known. */
    void setFacts(BitSet facts) {
        nonNull.clear();
        nonNull.or(facts);
    }

    // Memory

    /** Flags of an access to {@code [base + offset]}, where base may be null. */
    private MemoryFlags checked() {
        return MemoryFlags.DEFAULT.aligned().trap(trapCode(TrapKind.NULL));
    }

    /** The flags of accesses through {@code base}, after a check where a fault is not enough. */
    public MemoryFlags access(Reference base, int highestOffset) {
        if (isNonNull(base)) {
            return MemoryFlags.TRUSTED;
        }
        MemoryFlags flags = checked();
        if (highestOffset >= FIRST_PAGE) {
            f.trapz(value(base), trapCode(TrapKind.NULL));
            flags = MemoryFlags.TRUSTED;
        }
        learnNonNull(base);
        return flags;
    }

    /** Traps when {@code reference} is null; returns it as one that is not. */
    public Reference checkNull(Reference reference) {
        Value value = value(reference);
        if (isNonNull(reference)) {
            return reference.nonNull() ? reference
                    : new Reference(value, null, reference.type(), true, null);
        }
        learnNonNull(reference);
        // The cheapest check is to touch the object: page zero is never mapped.
        f.load(Type.I32, checked(), value, Layouts.TYPE_ID);
        return new Reference(value, null, reference.type(), true, null);
    }

    /** Loads a value of {@code type} from {@code [base + offset]}. */
    public Operand load(JavaType type, MemoryFlags flags, Value base, int offset) {
        if (type instanceof Scalar scalar) {
            return word(scalar, loadLeaf(type, flags, base, offset)).within(range(scalar));
        }
        List<Value> values = new ArrayList<>();
        for (Layouts.Leaf leaf : Layouts.leaves(type)) {
            values.add(loadLeaf(leaf.type(), flags, base, offset + leaf.offset()));
        }
        return operand(type, values.iterator());
    }

    private static Range range(Scalar type) {
        return switch (type) {
            case BOOLEAN -> new Range(0, 1);
            case BYTE -> new Range(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> new Range(Short.MIN_VALUE, Short.MAX_VALUE);
            case CHAR -> new Range(Character.MIN_VALUE, Character.MAX_VALUE);
            default -> Range.ANY;
        };
    }

    private Value loadLeaf(JavaType type, MemoryFlags flags, Value base, int offset) {
        if (!(type instanceof Scalar scalar)) {
            return f.load(clifType(type), flags, base, offset);
        }
        return switch (scalar) {
            case BOOLEAN -> f.uload8(Type.I64, flags, base, offset);
            case BYTE -> f.sload8(Type.I64, flags, base, offset);
            case SHORT -> f.sload16(Type.I64, flags, base, offset);
            case CHAR -> f.uload16(Type.I64, flags, base, offset);
            case INT -> f.sload32(flags, base, offset);
            default -> f.load(clifType(type), flags, base, offset);
        };
    }

    /** Stores {@code operand}, a value of {@code type}, at {@code [base + offset]}. */
    public void store(Operand operand, JavaType type, MemoryFlags flags, Value base,
            int offset) {
        List<Value> values = values(operand, type);
        List<Layouts.Leaf> leaves = Layouts.leaves(type);
        for (int i = 0; i < leaves.size(); i++) {
            storeLeaf(leaves.get(i).type(), flags, values.get(i), base,
                    offset + leaves.get(i).offset());
        }
    }

    private void storeLeaf(JavaType type, MemoryFlags flags, Value value, Value base,
            int offset) {
        if (!(type instanceof Scalar scalar)) {
            f.store(flags, value, base, offset);
            return;
        }
        switch (scalar) {
            case BOOLEAN, BYTE -> f.istore8(flags, value, base, offset);
            case SHORT, CHAR -> f.istore16(flags, value, base, offset);
            case INT -> f.istore32(flags, value, base, offset);
            default -> f.store(flags, value, base, offset);
        }
    }

    // Small computations

    /** 0 or 1 as an {@code int}. */
    public Word comparison(IntCondition condition, Value x, Value y) {
        return intWord(f.icmp(condition, x, y));
    }

    /** Traps unless {@code x < y} for two unsigned 64-bit numbers. */
    public void requireBelow(Value x, Value y, TrapKind kind) {
        f.trapz(f.icmp(IntCondition.UNSIGNED_LESS_THAN, x, y), trapCode(kind));
    }

    /** The length of an array or string as a 64-bit number. */
    public Value wideLength(Reference array) {
        if (array.host() != null && array.host().getClass().isArray()) {
            return f.iconst(Type.I64, Array.getLength(array.host()));
        }
        // A length never changes. But only an image object's may be loaded anywhere: any other
        // reference has been checked on this path alone.
        MemoryFlags flags = array.symbol() != null ? MemoryFlags.TRUSTED.readonly().canMove()
                : access(array, Layouts.LENGTH);
        // Not uload32: Cranelift moves a plain load only.
        return f.sextend(Type.I64, f.load(Type.I32, flags.length(), value(array),
                Layouts.LENGTH));
    }

    /** An {@code int} as an unsigned 64-bit number. */
    public Value unsigned(Word word) {
        return word.isConstant() ? f.iconst(Type.I64, word.bits() & 0xffff_ffffL)
                : f.uextend(Type.I64, narrow(word));
    }
}
