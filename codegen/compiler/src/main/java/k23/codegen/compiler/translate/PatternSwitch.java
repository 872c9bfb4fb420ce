package k23.codegen.compiler.translate;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.ClassNode;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.FieldNode;
import k23.codegen.compiler.world.ObjectLayout;
import k23.codegen.cranelift.Block;
import k23.codegen.cranelift.FunctionBuilder;
import k23.codegen.cranelift.IntCondition;
import k23.codegen.cranelift.MemoryFlags;
import k23.codegen.cranelift.Type;
import k23.codegen.cranelift.Value;

/**
 * The selector of a pattern switch: the index of the first label from {@code restart} on that
 * matches, -1 for null, the number of labels when none does.
 */
final class PatternSwitch {
    private final Activation activation;

    PatternSwitch(Activation activation) {
        this.activation = activation;
    }

    private FunctionBuilder f() {
        return activation.f();
    }

    /** Labels are classes. */
    Operand typeSwitch(List<ConstantDesc> labels, List<Operand> arguments) {
        Reference target = activation.reference(arguments.getFirst());
        return select(target, labels.size(), (Word) arguments.get(1), Layouts.TYPE_ID,
                (id, i) -> {
                    if (!(labels.get(i) instanceof ClassDesc type)) {
                        throw new Refusal(Problem.DYNAMIC, "case " + labels.get(i));
                    }
                    String name = ClassRepository.className(type.descriptorString());
                    var world = activation.code().world();
                    if (world.repository().isSubclass(target.type(), name)) {
                        return f().iconst(Type.I8, 1);
                    }
                    if (!(world.repository().typeOfClass(name) instanceof ReferenceType)) {
                        throw new Refusal(Problem.RECORD_AS_OBJECT,
                                "case " + name.replace('/', '.'));
                    }
                    return ObjectInstructions.isOneOf(f(), id,
                            world.typeIds().instancesOf(name));
                });
    }

    /** Labels are the names of constants. */
    Operand enumSwitch(List<ConstantDesc> labels, List<Operand> arguments) {
        Reference target = activation.reference(arguments.getFirst());
        ClassNode type = activation.code().world().repository().get(target.type());
        return select(target, labels.size(), (Word) arguments.get(1),
                ObjectLayout.ENUM_ORDINAL, (ordinal, i) -> {
                    if (!(labels.get(i) instanceof String name)) {
                        return f().iconst(Type.I8, 1);
                    }
                    return f().icmpImm(IntCondition.EQUAL, ordinal, ordinal(type, name));
                });
    }

    private static int ordinal(ClassNode type, String name) {
        int ordinal = 0;
        for (FieldNode field : type.fields()) {
            if (field.isEnumConstant()) {
                if (field.name().equals(name)) {
                    return ordinal;
                }
                ordinal++;
            }
        }
        throw new Refusal(Problem.MEMBER_NOT_FOUND, type.binaryName() + "." + name);
    }

    private interface Test {
        Value matches(Value key, int label);
    }

    private Operand select(Reference target, int labels, Word restart, int keyOffset, Test test) {
        if (target.isNull()) {
            return Word.ofInt(-1);
        }
        Value value = activation.code().value(target);
        if (activation.code().isNonNull(target)) {
            return match(value, labels, restart, keyOffset, test);
        }
        Merge merge = new Merge(activation.code(), Scalar.INT);
        Block isNull = f().createBlock();
        Block check = f().createBlock();
        f().brif(value, check, isNull);
        f().switchTo(isNull);
        merge.arrive(Word.ofInt(-1));
        f().switchTo(check);
        merge.arrive(match(value, labels, restart, keyOffset, test));
        return merge.leave();
    }

    private Word match(Value value, int labels, Word restart, int keyOffset, Test test) {
        Value key = f().uload32(MemoryFlags.TRUSTED, value, keyOffset);
        Value result = f().iconst(Type.I64, labels);
        for (int i = labels - 1; i >= 0; i--) {
            if (restart.isConstant() && restart.bits() > i) {
                break;
            }
            Value matches = test.matches(key, i);
            if (!restart.isConstant()) {
                matches = f().band(matches, f().icmpImm(IntCondition.SIGNED_LESS_OR_EQUAL,
                        restart.value(), i));
            }
            result = f().select(matches, f().iconst(Type.I64, i), result);
        }
        return activation.code().intWord(result);
    }
}
