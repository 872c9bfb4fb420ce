package k23.codegen.compiler.translate;

import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.ClassNode;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.LambdaClasses;
import k23.codegen.compiler.world.ObjectLayout;
import k23.codegen.compiler.world.TypeIds;
import k23.codegen.cranelift.Block;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.IntCondition;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;
import k23.codegen.link.TrapKind;

/** {@code new}, casts and type tests. */
final class ObjectInstructions {
    private final Activation activation;

    ObjectInstructions(Activation activation) {
        this.activation = activation;
    }

    private FunctionBuilder f() {
        return activation.f();
    }

    private ClassRepository repository() {
        return activation.code().world().repository();
    }

    /** {@code new}. */
    void create(String type) {
        if (repository().typeOfClass(type) instanceof RecordType
                || repository().isThrowable(type)) {
            activation.push(activation.fresh(type));
            return;
        }
        ClassNode node = repository().get(type);
        int bytes = repository().layout(node).bytes();
        Value address = ArrayInstructions.allocate(activation, Word.ofLong(bytes));
        int id = activation.code().world().typeIds().id(type);
        f().store(MemoryFlags.TRUSTED, f().iconst(Type.I32, id), address, Layouts.TYPE_ID);
        activation.push(Reference.nonNull(address, type));
    }

    /** The object of the lambda that the current instruction makes. */
    Reference lambda(List<Operand> captured) {
        String type = LambdaClasses.name(activation.method(), activation.index());
        if (captured.isEmpty()) {
            return Reference.image(activation.code().world().heap().singletonSymbol(type), type,
                    null);
        }
        create(type);
        Reference made = activation.popReference();
        ObjectLayout layout = repository().layout(repository().get(type));
        for (int i = 0; i < captured.size(); i++) {
            ObjectLayout.Field field = layout.field(type, LambdaClasses.field(i));
            activation.code().store(captured.get(i), field.type(), MemoryFlags.TRUSTED,
                    made.value(), field.offset());
        }
        return made;
    }

    /** {@code checkcast} and {@code instanceof}. */
    void check(TypeCheckInstruction instruction) {
        String type = instruction.type().asInternalName();
        Operand operand = activation.pop();
        boolean isTest = instruction.opcode() == Opcode.INSTANCEOF;
        if (operand instanceof Tuple tuple) {
            boolean holds = repository().isSubclass(tuple.type().name(), type);
            if (!holds && !isTest) {
                f().trap(activation.code().trapCode(TrapKind.CAST));
                activation.end();
                return;
            }
            activation.push(isTest ? Word.ofInt(holds ? 1 : 0) : tuple);
            return;
        }
        Reference reference = activation.reference(operand);
        JavaType wanted = repository().typeOfClass(type);
        if (wanted instanceof RecordType) {
            throw new Refusal(Problem.RECORD_AS_OBJECT, "a cast or test of "
                    + reference.type().replace('/', '.') + " for " + type.replace('/', '.'));
        }
        activation.push(isTest ? test(reference, type) : cast(reference, type));
    }

    /** {@code reference} as a {@code type}; a trap when it is none. */
    Operand cast(Reference reference, String type) {
        if (repository().isSubclass(reference.type(), type)) {
            return reference;
        }
        if (reference.isNull()) {
            return reference.as(type);
        }
        Block check = f().createBlock();
        Block done = f().createBlock();
        Value value = activation.code().value(reference);
        f().brif(value, check, done);
        f().switchTo(check);
        Value id = typeId(f(), value);
        f().trapz(isOneOf(f(), id, activation.code().world().typeIds().instancesOf(type)),
                activation.code().trapCode(TrapKind.CAST));
        f().jump(done);
        f().switchTo(done);
        return new Reference(value, null, type, reference.nonNull(), null);
    }

    private Operand test(Reference reference, String type) {
        if (reference.isNull()) {
            return Word.ofInt(0);
        }
        Value value = activation.code().value(reference);
        if (repository().isSubclass(reference.type(), type)) {
            return activation.code().isNonNull(reference) ? Word.ofInt(1)
                    : activation.code().comparison(IntCondition.NOT_EQUAL, value,
                            f().iconst(Type.I64, 0));
        }
        List<TypeIds.Range> ranges = activation.code().world().typeIds().instancesOf(type);
        if (ranges.isEmpty()) {
            return Word.ofInt(0);
        }
        if (activation.code().isNonNull(reference)) {
            return activation.code().intWord(isOneOf(f(), typeId(f(), value), ranges));
        }
        Merge merge = new Merge(activation.code(), Scalar.INT);
        Block isNull = f().createBlock();
        Block check = f().createBlock();
        f().brif(value, check, isNull);
        f().switchTo(isNull);
        merge.arrive(Word.ofInt(0));
        f().switchTo(check);
        merge.arrive(activation.code().intWord(isOneOf(f(), typeId(f(), value), ranges)));
        return merge.leave();
    }

    /** The type id of the object at {@code value}, which is not null. */
    static Value typeId(FunctionBuilder f, Value value) {
        return f.uload32(MemoryFlags.TRUSTED, value, Layouts.TYPE_ID);
    }

    /** Whether {@code id} is in one of the ranges: an I8 of 0 or 1. */
    static Value isOneOf(FunctionBuilder f, Value id, List<TypeIds.Range> ranges) {
        Value result = null;
        for (TypeIds.Range range : ranges) {
            Value here;
            if (range.first() == range.last()) {
                here = f.icmpImm(IntCondition.EQUAL, id, range.first());
            } else {
                Value distance = f.iaddImm(id, -(long) range.first());
                here = f.icmpImm(IntCondition.UNSIGNED_LESS_OR_EQUAL, distance,
                        range.last() - range.first());
            }
            result = result == null ? here : f.bor(result, here);
        }
        return result == null ? f.iconst(Type.I8, 0) : result;
    }
}
