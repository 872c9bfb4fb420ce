package k23.codegen.compiler.translate;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.VarHandle.AccessMode;
import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.heap.HandleTarget;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.FieldNode;
import k23.codegen.compiler.world.ObjectLayout;
import k23.codegen.cranelift.AtomicOperation;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;

/** Calls of {@code VarHandle}'s access methods, whose types are those of each call. */
final class VariableHandles {
    static final String OWNER = "java/lang/invoke/VarHandle";

    private final Activation activation;
    private final FunctionCode code;

    VariableHandles(Activation activation) {
        this.activation = activation;
        this.code = activation.code();
    }

    private static Refusal refusal(String detail) {
        return new Refusal(Problem.VARIABLE_HANDLE, detail);
    }

    /** A variable and the arguments that do not say where it is. */
    private record Access(JavaType type, Value address, List<Operand> values,
            List<ClassDesc> types) {}

    /** Performs a call; its result, null for void. */
    Operand call(String name, MethodTypeDesc type, List<Operand> arguments) {
        if (!(arguments.getFirst() instanceof Operand.Handle handle)) {
            throw refusal("it is not a static final field");
        }
        AccessMode mode = mode(name);
        if (!handle.handle().isAccessModeSupported(mode)) {
            throw refusal(name + " of " + handle.handle());
        }
        Access access = locate(handle, arguments.subList(1, arguments.size()),
                type.parameterList());
        Operand result = perform(mode, access);
        if (result == null || type.returnType().descriptorString().equals("V")) {
            return null;
        }
        boolean isTest = name.contains("ompareAndSet");
        return as(result, isTest ? Scalar.BOOLEAN : access.type, type.returnType());
    }

    private static AccessMode mode(String name) {
        try {
            return AccessMode.valueFromMethodName(name);
        } catch (IllegalArgumentException e) {
            throw refusal(name);
        }
    }

    private Operand perform(AccessMode mode, Access access) {
        AtomicAccess atomic = new AtomicAccess(code, access.type, access.address);
        return switch (mode) {
            case GET -> code.load(access.type, MemoryFlags.TRUSTED, access.address, 0);
            case GET_VOLATILE, GET_OPAQUE, GET_ACQUIRE -> atomic.load();
            case SET -> {
                code.store(value(access, 0), access.type, MemoryFlags.TRUSTED, access.address, 0);
                yield null;
            }
            case SET_VOLATILE, SET_OPAQUE, SET_RELEASE -> {
                atomic.store(value(access, 0));
                yield null;
            }
            case COMPARE_AND_SET, WEAK_COMPARE_AND_SET, WEAK_COMPARE_AND_SET_PLAIN,
                    WEAK_COMPARE_AND_SET_ACQUIRE, WEAK_COMPARE_AND_SET_RELEASE ->
                    atomic.replace(value(access, 0), value(access, 1));
            case COMPARE_AND_EXCHANGE, COMPARE_AND_EXCHANGE_ACQUIRE,
                    COMPARE_AND_EXCHANGE_RELEASE ->
                    atomic.exchange(value(access, 0), value(access, 1));
            case GET_AND_SET, GET_AND_SET_ACQUIRE, GET_AND_SET_RELEASE ->
                    atomic.change(AtomicOperation.EXCHANGE, value(access, 0));
            case GET_AND_ADD, GET_AND_ADD_ACQUIRE, GET_AND_ADD_RELEASE ->
                    atomic.change(AtomicOperation.ADD, value(access, 0));
            case GET_AND_BITWISE_OR, GET_AND_BITWISE_OR_ACQUIRE, GET_AND_BITWISE_OR_RELEASE ->
                    atomic.change(AtomicOperation.OR, value(access, 0));
            case GET_AND_BITWISE_AND, GET_AND_BITWISE_AND_ACQUIRE, GET_AND_BITWISE_AND_RELEASE ->
                    atomic.change(AtomicOperation.AND, value(access, 0));
            case GET_AND_BITWISE_XOR, GET_AND_BITWISE_XOR_ACQUIRE, GET_AND_BITWISE_XOR_RELEASE ->
                    atomic.change(AtomicOperation.XOR, value(access, 0));
        };
    }

    private Access locate(Operand.Handle handle, List<Operand> arguments,
            List<ClassDesc> types) {
        return switch (handle.target()) {
            case HandleTarget.Instance instance -> {
                FieldNode field = instance.field();
                Reference object = narrowed(arguments.getFirst(), field.owner().name());
                ObjectLayout.Field place = code.world().repository()
                        .layout(field.owner()).field(field.owner().name(), field.name());
                yield access(field.descriptor(), code.f().iaddImm(
                        code.value(code.checkNull(object)), place.offset()), arguments, types, 1);
            }
            case HandleTarget.Static fixed -> access(fixed.field().descriptor(),
                    StaticPlace.of(fixed.field(), code).address(code), arguments, types, 0);
            case HandleTarget.Element element -> {
                Reference array = narrowed(arguments.getFirst(), element.array());
                JavaType type = variable(element.array().substring(1));
                ArrayInstructions arrays = new ArrayInstructions(activation);
                Value address = arrays.address(array, (Word) arguments.get(1), type);
                Access access = access(element.array().substring(1), address, arguments, types, 2);
                if (type instanceof ReferenceType && !access.values.isEmpty()) {
                    arrays.checkStore(array, activation.reference(access.values.getLast()));
                }
                yield access;
            }
            case HandleTarget.Other other -> throw refusal(other.what());
        };
    }

    private Access access(String descriptor, Value address, List<Operand> arguments,
            List<ClassDesc> types, int coordinates) {
        return new Access(variable(descriptor), address,
                arguments.subList(coordinates, arguments.size()),
                types.subList(coordinates, types.size()));
    }

    private JavaType variable(String descriptor) {
        JavaType type = activation.type(descriptor);
        if (type instanceof RecordType) {
            throw refusal("a variable that holds a record: " + descriptor);
        }
        return type;
    }

    /** A coordinate as what the handle's variable belongs to. */
    private Reference narrowed(Operand object, String type) {
        return (Reference) new ObjectInstructions(activation).cast(activation.reference(object),
                type);
    }

    /** The {@code index}th value of a call, as one of the variable's type. */
    private Operand value(Access access, int index) {
        return as(access.values.get(index), activation.type(access.types.get(index)
                .descriptorString()), access.type);
    }

    private Operand as(Operand operand, JavaType from, ClassDesc wanted) {
        return as(operand, from, activation.type(wanted.descriptorString()));
    }

    /** Converts as {@code MethodHandle.asType} does, but for what would box or unbox. */
    private Operand as(Operand operand, JavaType from, JavaType wanted) {
        if (from.equals(wanted)) {
            return operand;
        }
        if (from instanceof ReferenceType && wanted instanceof ReferenceType to) {
            return narrowed(operand, to.name());
        }
        if (operand instanceof Word word && word.type() == Type.I32
                && from != Scalar.BOOLEAN && isWider(from, wanted)) {
            return wanted == Scalar.LONG ? word.isConstant() ? Word.ofLong(word.bits())
                    : Word.ofLong(word.value()) : word;
        }
        throw refusal(ClassRepository.className(from.descriptor()).replace('/', '.') + " where "
                + ClassRepository.className(wanted.descriptor()).replace('/', '.')
                + " is needed");
    }

    private static boolean isWider(JavaType from, JavaType to) {
        return to == Scalar.LONG || to == Scalar.INT
                || to == Scalar.SHORT && from == Scalar.BYTE;
    }
}
