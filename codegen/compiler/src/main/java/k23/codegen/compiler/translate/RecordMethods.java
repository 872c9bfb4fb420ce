package k23.codegen.compiler.translate;

import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.IntCondition;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;

/** The methods that every record has, component by component. */
final class RecordMethods {
    private final Activation activation;

    RecordMethods(Activation activation) {
        this.activation = activation;
    }

    private FunctionBuilder f() {
        return activation.f();
    }

    Operand call(String name, List<Operand> arguments) {
        Tuple self = (Tuple) arguments.getFirst();
        return switch (name) {
            case "equals" -> equality(self, arguments.get(1));
            case "hashCode" -> activation.code().intWord(hash(self, self.type()));
            default -> new Texts(activation).ofRecord(self);
        };
    }

    private Operand equality(Tuple self, Operand other) {
        if (!(other instanceof Tuple tuple)) {
            activation.code().value(other);
            return Word.ofInt(0);
        }
        if (tuple.type() != self.type()) {
            return Word.ofInt(0);
        }
        Value equal = equal(self, tuple, self.type());
        return activation.code().intWord(equal);
    }

    /** Whether two values of {@code type} are equal: an I8 of 0 or 1. */
    private Value equal(Operand x, Operand y, JavaType type) {
        if (type instanceof RecordType record) {
            Value all = f().iconst(Type.I8, 1);
            for (int i = 0; i < record.components().size(); i++) {
                all = f().band(all, equal(((Tuple) x).components().get(i),
                        ((Tuple) y).components().get(i), record.components().get(i).type()));
            }
            return all;
        }
        if (type instanceof ReferenceType reference && !isIdentity(reference)) {
            throw new Refusal(Problem.OBJECT_METHOD,
                    "equals of a component of type " + reference.name().replace('/', '.'));
        }
        if (type instanceof Scalar scalar && scalar.isFloat()) {
            return f().icmp(IntCondition.EQUAL,
                    FloatArithmetic.canonicalBits(f(), activation.code().value(x)),
                    FloatArithmetic.canonicalBits(f(), activation.code().value(y)));
        }
        return f().icmp(IntCondition.EQUAL, activation.code().value(x),
                activation.code().value(y));
    }

    /** Whether objects of {@code type} are equal only when they are the same. */
    private boolean isIdentity(ReferenceType type) {
        var repository = activation.code().world().repository();
        if (type.isArray()) {
            return true;
        }
        var method = repository.resolve(type.name(), "equals", "(Ljava/lang/Object;)Z");
        return method != null && method.owner().isLibrary()
                && !type.name().equals("java/lang/String");
    }

    /** As the JDK computes it: 31 times the hash so far plus the next component's. */
    private Value hash(Operand operand, JavaType type) {
        return switch (type) {
            case RecordType record -> {
                Value sum = f().iconst(Type.I32, 0);
                for (int i = 0; i < record.components().size(); i++) {
                    sum = f().iadd(f().imulImm(sum, 31), hash(
                            ((Tuple) operand).components().get(i),
                            record.components().get(i).type()));
                }
                yield sum;
            }
            case Scalar.LONG -> hash(activation.code().value(operand));
            case Scalar.DOUBLE -> hash(FloatArithmetic.canonicalBits(f(),
                    activation.code().value(operand)));
            case Scalar.FLOAT -> FloatArithmetic.canonicalBits(f(),
                    activation.code().value(operand));
            case Scalar.BOOLEAN -> f().select(activation.code().value(operand),
                    f().iconst(Type.I32, 1231), f().iconst(Type.I32, 1237));
            case Scalar.INT, Scalar.SHORT, Scalar.CHAR, Scalar.BYTE ->
                    activation.code().narrow((Word) operand);
            default -> throw new Refusal(Problem.OBJECT_METHOD,
                    "hashCode of a component of type " + type.descriptor());
        };
    }

    /** {@code Long.hashCode}. */
    private Value hash(Value value) {
        return f().ireduce(Type.I32, f().bxor(value, f().ushrImm(value, 32)));
    }
}
