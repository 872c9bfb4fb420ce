package k23.codegen.compiler.translate;

import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.cranelift.AtomicOperation;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.IntCondition;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;

/**
 * Atomic accesses to one variable whose address is known to be good. Every one of them is
 * sequentially consistent, which all weaker modes of Java allow: RISC-V's own weaker forms save a
 * fence, but Cranelift has none. Nothing moves across them, device accesses excepted (I1).
 */
public final class AtomicAccess {
    private final FunctionCode code;
    private final JavaType type;
    private final Value address;

    /** Accesses to the variable of {@code type}, a scalar or reference, at {@code address}. */
    public AtomicAccess(FunctionCode code, JavaType type, Value address) {
        this.code = code;
        this.type = type;
        this.address = address;
    }

    private FunctionBuilder f() {
        return code.f();
    }

    /** The type of the access itself. */
    private Type width() {
        return switch (type.bytes()) {
            case 1 -> Type.I8;
            case 2 -> Type.I16;
            case 4 -> Type.I32;
            default -> Type.I64;
        };
    }

    /** Whether a variable of this type has read-modify-write operations. */
    private static boolean canChange(JavaType type) {
        return type instanceof ReferenceType || type instanceof Scalar scalar && !scalar.isFloat();
    }

    /** Loads. */
    public Operand load() {
        return operand(f().atomicLoad(width(), MemoryFlags.TRUSTED, address));
    }

    /** Loads the only word of {@code whole}. */
    Operand load(JavaType whole) {
        return code.operand(whole, List.of(code.value(load())).iterator());
    }

    /** Stores. */
    public void store(Operand value) {
        store(value, type);
    }

    /** Stores the only word of {@code value}, a {@code whole}. */
    void store(Operand value, JavaType whole) {
        f().atomicStore(MemoryFlags.TRUSTED,
                narrowed(code.values(value, whole).getFirst()), address);
    }

    /** Changes the variable; gives what was there. */
    public Operand change(AtomicOperation operation, Operand value) {
        requireChangeable();
        return operand(f().atomicRmw(operation, MemoryFlags.TRUSTED, address, narrowed(value)));
    }

    /** Stores {@code value} where {@code expected} was; gives what was there. */
    public Operand exchange(Operand expected, Operand value) {
        requireChangeable();
        return operand(f().atomicCas(MemoryFlags.TRUSTED, address, narrowed(expected),
                narrowed(value)));
    }

    /** Stores {@code value} where {@code expected} was; whether it did. */
    public Word replace(Operand expected, Operand value) {
        Value found = code.value(exchange(expected, value));
        return code.comparison(IntCondition.EQUAL, found, code.value(expected));
    }

    private void requireChangeable() {
        if (!canChange(type)) {
            throw new Refusal(Problem.VARIABLE_HANDLE, "a variable of type "
                    + type.descriptor() + " can only be read and set");
        }
    }

    private Value narrowed(Operand operand) {
        return narrowed(code.value(operand));
    }

    private Value narrowed(Value value) {
        Type width = width();
        if (value.type() == Type.F32 || value.type() == Type.F64) {
            return f().bitcast(width, value);
        }
        return width == Type.I64 ? value : f().ireduce(width, value);
    }

    private Operand operand(Value value) {
        return switch (type) {
            case ReferenceType reference -> Reference.of(value, reference.name());
            case Scalar.LONG -> Word.ofLong(value);
            case Scalar.FLOAT -> FunctionCode.word(Scalar.FLOAT, f().bitcast(Type.F32, value));
            case Scalar.DOUBLE -> FunctionCode.word(Scalar.DOUBLE, f().bitcast(Type.F64, value));
            case Scalar.BOOLEAN, Scalar.CHAR -> Word.ofInt(f().uextend(Type.I64, value));
            default -> Word.ofInt(f().sextend(Type.I64, value));
        };
    }
}
