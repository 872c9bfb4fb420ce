package k23.codegen.compiler.translate;

import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.MethodNode;
import k23.codegen.compiler.world.Support;
import k23.codegen.compiler.world.TypeIds;
import k23.codegen.cranelift.Block;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.IntCondition;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.TrapKind;

/** Arrays: length, elements with bounds checks, and creation. */
final class ArrayInstructions {
    private final Activation activation;

    ArrayInstructions(Activation activation) {
        this.activation = activation;
    }

    private FunctionBuilder f() {
        return activation.f();
    }

    /** {@code arraylength}. */
    void length() {
        activation.push(length(activation.popReference()));
    }

    /** The length of {@code array}. */
    Word length(Reference array) {
        if (array.host() != null && array.host().getClass().isArray()) {
            return Word.ofInt(Array.getLength(array.host()));
        }
        // The same load as for bounds checks, so that Cranelift makes them one.
        return Word.ofInt(activation.code().wideLength(array)).within(
                new Range(0, Integer.MAX_VALUE));
    }

    private JavaType elementType(Reference array, Scalar fallback) {
        if (array.type().startsWith("[")) {
            return activation.type(array.type().substring(1));
        }
        return fallback;
    }

    void load(ArrayLoadInstruction instruction) {
        Word index = activation.popWord();
        Reference array = activation.popReference();
        JavaType type = elementType(array, scalar(instruction.typeKind()));
        if (type == null || array.isNull()) {
            trapNull();
            return;
        }
        boolean isFixed = isReadOnly(array) && isInside(array, index);
        Element element = element(array, index, type);
        // What never changes and needs no check may be loaded where it is used, or only once.
        activation.push(activation.code().load(type, isFixed
                ? MemoryFlags.TRUSTED.readonly().canMove() : MemoryFlags.TRUSTED, element.base,
                element.offset));
    }

    void store(ArrayStoreInstruction instruction) {
        Operand value = activation.pop();
        Word index = activation.popWord();
        Reference array = activation.popReference();
        JavaType type = elementType(array, scalar(instruction.typeKind()));
        if (type == null || array.isNull()) {
            trapNull();
            return;
        }
        Element element = element(array, index, type);
        if (type instanceof ReferenceType) {
            checkStore(array, activation.reference(value));
        }
        activation.code().store(value, type, MemoryFlags.TRUSTED, element.base, element.offset);
    }

    /**
     * An array may be one of a narrower type than the variable says (JLS 10.5). Where the program
     * has such arrays, what is stored must fit into the array that is really there.
     */
    void checkStore(Reference array, Reference stored) {
        TypeIds ids = activation.code().world().typeIds();
        ClassRepository repository = activation.code().world().repository();
        List<String> narrower = ids.all().keySet().stream().filter(name -> name.startsWith("[")
                && repository.isSubclass(name, array.type()) && !repository.isSubclass(
                        stored.type(), ClassRepository.className(name.substring(1)))).toList();
        if (narrower.isEmpty() || stored.isNull()) {
            return;
        }
        Value value = activation.code().value(stored);
        Block test = f().createBlock();
        Block done = f().createBlock();
        Value arrayId = ObjectInstructions.typeId(f(), activation.code().value(array));
        f().brif(value, test, done);
        f().switchTo(test);
        Value valueId = ObjectInstructions.typeId(f(), value);
        for (String type : narrower) {
            Value isThis = f().icmpImm(IntCondition.EQUAL, arrayId, ids.id(type));
            Value fits = ObjectInstructions.isOneOf(f(), valueId, ids.instancesOf(
                    ClassRepository.className(type.substring(1))));
            f().trapnz(f().bandNot(isThis, fits), activation.code().trapCode(TrapKind.CAST));
        }
        f().jump(done);
        f().switchTo(done);
    }

    /** An access through what can only be null. */
    private void trapNull() {
        f().trap(activation.code().trapCode(TrapKind.NULL));
        activation.end();
    }

    private static Scalar scalar(TypeKind kind) {
        return switch (kind) {
            case REFERENCE, VOID -> null;
            default -> Scalar.of(kind.upperBound().descriptorString().charAt(0));
        };
    }

    private record Element(Value base, int offset) {}

    /** The place of element {@code index} after the bounds check. */
    private Element element(Reference array, Word index, JavaType type) {
        int stride = Layouts.stride(type);
        FunctionCode code = activation.code();
        if (array.host() != null && index.isConstant() && index.bits() >= 0
                && index.bits() < Array.getLength(array.host())) {
            long offset = Layouts.BODY + index.bits() * stride;
            if (offset < Integer.MAX_VALUE / 2) {
                return new Element(code.value(array), (int) offset);
            }
        }
        Value wide = code.value(index);
        if (isInside(array, index)) {
            code.checkNull(array);
        } else {
            // A negative index, sign-extended, is above any length as an unsigned number.
            code.requireBelow(wide, code.wideLength(array), TrapKind.BOUNDS);
        }
        return new Element(f().iadd(code.value(array), scale(wide, stride)), Layouts.BODY);
    }

    /** The address of element {@code index} after the bounds check. */
    Value address(Reference array, Word index, JavaType type) {
        Element element = element(array, index, type);
        return f().iaddImm(element.base, element.offset);
    }

    private boolean isReadOnly(Reference array) {
        return array.host() != null
                && activation.code().world().heap().object(array.host()).readOnly();
    }

    /** Whether what is known of {@code index} makes the check superfluous. */
    private static boolean isInside(Reference array, Word index) {
        if (index.range().min() < 0) {
            return false;
        }
        return index.below() != null && index.below().equals(array.identity())
                || array.host() != null && index.range().max() < Array.getLength(array.host());
    }

    private Value scale(Value index, int stride) {
        if (stride == 1) {
            return index;
        }
        return Integer.bitCount(stride) == 1
                ? f().ishlImm(index, Integer.numberOfTrailingZeros(stride))
                : f().imulImm(index, stride);
    }

    /** {@code newarray}, {@code anewarray}. */
    void create(String type) {
        activation.push(make(type, activation.popWord()));
    }

    /** A new array of {@code type}. */
    Reference make(String type, Word length) {
        FunctionCode code = activation.code();
        Value count = code.value(length);
        if (!length.isConstant() || length.bits() < 0) {
            Value negative = f().icmpImm(IntCondition.SIGNED_LESS_THAN,
                    count, 0);
            f().trapnz(negative, code.trapCode(TrapKind.NEGATIVE_ARRAY_SIZE));
        }
        int stride = Layouts.stride(activation.type(type.substring(1)));
        Word bytes = length.isConstant() ? Word.ofLong(Layouts.BODY + length.bits() * stride)
                : Word.ofLong(f().iaddImm(scale(count, stride), Layouts.BODY));
        Value address = allocate(activation, bytes);
        f().store(MemoryFlags.TRUSTED, f().iconst(Type.I32, code.world().typeIds().id(type)),
                address, Layouts.TYPE_ID);
        f().istore32(MemoryFlags.TRUSTED, count, address, Layouts.LENGTH);
        return Reference.nonNull(address, type);
    }

    /** Memory for an object of this many bytes: zero, from the ambient region. */
    static Value allocate(Activation activation, Word bytes) {
        MethodNode allocate = Support.allocate(activation.code().world().repository()).method();
        Tuple address = (Tuple) new CallInstructions(activation).direct(allocate,
                List.of(bytes), false);
        return activation.code().value((Word) address.components().getFirst());
    }

    /** {@code multianewarray}. */
    void createMany(String type, int dimensions) {
        List<Word> lengths = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            lengths.addFirst(activation.popWord());
        }
        activation.push(makeMany(type, lengths));
    }

    /** An array of arrays, filled by a loop over the outer one. */
    private Reference makeMany(String type, List<Word> lengths) {
        Reference outer = make(type, lengths.getFirst());
        if (lengths.size() == 1) {
            return outer;
        }
        var index = f().declare(Type.I64);
        f().define(index, f().iconst(Type.I64, 0));
        var head = f().createBlock();
        var body = f().createBlock();
        var done = f().createBlock();
        f().jump(head);
        f().switchTo(head);
        f().brif(f().icmp(IntCondition.SIGNED_LESS_THAN, f().use(index),
                activation.code().value(lengths.getFirst())), body, done);
        f().switchTo(body);
        Reference inner = makeMany(type.substring(1), lengths.subList(1, lengths.size()));
        Value place = f().iadd(activation.code().value(outer),
                f().ishlImm(f().use(index), 3));
        f().store(MemoryFlags.TRUSTED, activation.code().value(inner), place, Layouts.BODY);
        f().define(index, f().iaddImm(f().use(index), 1));
        f().jump(head);
        f().switchTo(done);
        return outer;
    }
}
