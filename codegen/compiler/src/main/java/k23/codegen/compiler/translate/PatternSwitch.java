package k23.codegen.compiler.translate;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DynamicConstantDesc;
import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.translate.Operand.Reference;
import k23.codegen.compiler.translate.Operand.Tuple;
import k23.codegen.compiler.translate.Operand.Word;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.ClassNode;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.FieldNode;
import k23.codegen.compiler.world.ObjectLayout;
import k23.codegen.compiler.world.SwitchLabels;
import k23.codegen.compiler.world.World;
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

    /** Labels are classes, strings and constants of enums. */
    Operand typeSwitch(List<ConstantDesc> labels, List<Operand> arguments) {
        Word restart = (Word) arguments.get(1);
        if (arguments.getFirst() instanceof Tuple tuple) {
            return overRecord(tuple, labels, restart);
        }
        Reference target = activation.reference(arguments.getFirst());
        return select(target, labels.size(), restart, Layouts.TYPE_ID,
                (id, i) -> switch (labels.get(i)) {
                    case ClassDesc type -> isOfType(target, id, name(type));
                    case String text -> isString(target, text);
                    case DynamicConstantDesc<?> constant -> isConstant(target, constant);
                    default -> throw new Refusal(Problem.DYNAMIC, "case " + labels.get(i));
                });
    }

    private static String name(ClassDesc type) {
        return ClassRepository.className(type.descriptorString());
    }

    /** The type of a record is known: only guards decide which of its labels is taken. */
    private Operand overRecord(Tuple record, List<ConstantDesc> labels, Word restart) {
        ClassRepository repository = activation.code().world().repository();
        return match(null, labels.size(), restart, (_, i) -> {
            boolean holds = labels.get(i) instanceof ClassDesc type
                    && repository.isSubclass(record.type().name(), name(type));
            return f().iconst(Type.I8, holds ? 1 : 0);
        });
    }

    private Value isOfType(Reference target, Value id, String name) {
        World world = activation.code().world();
        if (world.repository().isSubclass(target.type(), name)) {
            return f().iconst(Type.I8, 1);
        }
        if (!(world.repository().typeOfClass(name) instanceof ReferenceType)) {
            throw new Refusal(Problem.RECORD_AS_OBJECT, "case " + name.replace('/', '.'));
        }
        return ObjectInstructions.isOneOf(f(), id, world.typeIds().instancesOf(name));
    }

    private Value isString(Reference target, String text) {
        World world = activation.code().world();
        Word equal = (Word) new CallInstructions(activation).direct(
                SwitchLabels.equals(world.repository()).method(), List.of(
                        Reference.nonNull(activation.code().value(target), "java/lang/String"),
                        Reference.image(world.heap().stringSymbol(text), "java/lang/String",
                                text)), false);
        return f().icmpImm(IntCondition.NOT_EQUAL, activation.code().value(equal), 0);
    }

    private Value isConstant(Reference target, DynamicConstantDesc<?> label) {
        World world = activation.code().world();
        Object constant = world.heap().root(SwitchLabels.constant(label, world.repository()));
        return f().icmp(IntCondition.EQUAL, activation.code().value(target),
                f().symbolAddress(world.heap().object(constant).symbol()));
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
            return match(key(value, keyOffset), labels, restart, test);
        }
        Merge merge = new Merge(activation.code(), Scalar.INT);
        Block isNull = f().createBlock();
        Block check = f().createBlock();
        f().brif(value, check, isNull);
        f().switchTo(isNull);
        merge.arrive(Word.ofInt(-1));
        f().switchTo(check);
        merge.arrive(match(key(value, keyOffset), labels, restart, test));
        return merge.leave();
    }

    private Value key(Value object, int offset) {
        return f().uload32(MemoryFlags.TRUSTED, object, offset);
    }

    private Word match(Value key, int labels, Word restart, Test test) {
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
