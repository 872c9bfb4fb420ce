package k23.codegen.compiler.translate;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.CallResolver;
import k23.codegen.compiler.world.Callee;
import k23.codegen.compiler.world.ComponentCalls;
import k23.codegen.cranelift.Block;
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
        return switch (type) {
            case RecordType record -> equalComponents((Tuple) x, (Tuple) y, record);
            case ReferenceType reference when !ComponentCalls.isIdentity(
                    activation.code().world().repository(), reference) ->
                    truth(equalObjects((Reference) x, y, reference));
            case Scalar scalar when scalar.isFloat() -> f().icmp(IntCondition.EQUAL,
                    FloatArithmetic.canonicalBits(f(), activation.code().value(x)),
                    FloatArithmetic.canonicalBits(f(), activation.code().value(y)));
            default -> f().icmp(IntCondition.EQUAL, activation.code().value(x),
                    activation.code().value(y));
        };
    }

    /** Objects are asked only where all components before them are equal. */
    private Value equalComponents(Tuple x, Tuple y, RecordType record) {
        Value all = f().iconst(Type.I8, 1);
        for (int i = 0; i < record.components().size(); i++) {
            JavaType type = record.components().get(i).type();
            Operand here = x.components().get(i);
            Operand there = y.components().get(i);
            if (type instanceof Scalar || type instanceof ReferenceType reference
                    && ComponentCalls.isIdentity(activation.code().world().repository(),
                            reference)) {
                all = f().band(all, equal(here, there, type));
                continue;
            }
            Merge merge = new Merge(activation.code(), Scalar.INT);
            Block test = f().createBlock();
            Block differ = f().createBlock();
            f().brif(all, test, differ);
            f().switchTo(differ);
            merge.arrive(Word.ofInt(0));
            f().switchTo(test);
            merge.arrive(activation.code().intWord(equal(here, there, type)));
            all = truth(merge.leave());
        }
        return all;
    }

    private Value truth(Operand condition) {
        return f().icmpImm(IntCondition.NOT_EQUAL, activation.code().value(condition), 0);
    }

    private Operand equalObjects(Reference x, Operand y, ReferenceType type) {
        return unlessNull(x, () -> activation.code().comparison(IntCondition.EQUAL,
                activation.code().value(y), f().iconst(Type.I64, 0)),
                checked -> call(ComponentCalls.equality(resolver(), type), checked, y));
    }

    private Operand hashOfObject(Reference x, ReferenceType type) {
        return unlessNull(x, () -> Word.ofInt(0),
                checked -> call(ComponentCalls.hash(resolver(), type), checked));
    }

    private CallResolver resolver() {
        return activation.code().world().resolver();
    }

    private Operand call(Callee callee, Operand... arguments) {
        List<Operand> stack = List.copyOf(activation.stack());
        Operand result = new CallInstructions(activation).call(callee, List.of(arguments));
        if (result == null) {
            // It always throws. What follows is translated all the same, and never runs.
            f().switchTo(f().createBlock());
            activation.revive(stack);
            return Word.ofInt(0);
        }
        return result;
    }

    private Operand unlessNull(Reference x, Supplier<Operand> whenNull,
            Function<Reference, Operand> otherwise) {
        if (x.isNull()) {
            return whenNull.get();
        }
        if (activation.code().isNonNull(x)) {
            return otherwise.apply(x);
        }
        Merge merge = new Merge(activation.code(), Scalar.INT);
        Block isNull = f().createBlock();
        Block isThere = f().createBlock();
        Value value = activation.code().value(x);
        f().brif(value, isThere, isNull);
        f().switchTo(isNull);
        merge.arrive(whenNull.get());
        f().switchTo(isThere);
        merge.arrive(otherwise.apply(Reference.nonNull(value, x.type())));
        return merge.leave();
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
            case ReferenceType reference -> activation.code().narrow(
                    (Word) hashOfObject((Reference) operand, reference));
            case Scalar.VOID -> throw new IllegalStateException("void component");
        };
    }

    /** {@code Long.hashCode}. */
    private Value hash(Value value) {
        return f().ireduce(Type.I32, f().bxor(value, f().ushrImm(value, 32)));
    }
}
