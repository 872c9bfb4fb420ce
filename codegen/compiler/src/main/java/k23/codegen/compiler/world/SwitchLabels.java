package k23.codegen.compiler.world;

import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.Enum.EnumDesc;
import java.lang.invoke.MethodHandles;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;

/** The labels of pattern switches: types, strings, and constants of enums. */
public final class SwitchLabels {
    private static final String SUPPORT = "k23/codegen/compiler/support/JavaString";

    private SwitchLabels() {}

    /** Whether {@code call} selects a label by type. */
    static boolean isTypeSwitch(InvokeDynamicInstruction call) {
        return call.bootstrapMethod().owner().displayName().equals("SwitchBootstraps")
                && call.bootstrapMethod().methodName().equals("typeSwitch");
    }

    /** Reaches what the comparisons with the labels of {@code call} need. */
    static void scan(InvokeDynamicInstruction call, Reachability world) {
        for (ConstantDesc label : call.bootstrapArgs()) {
            if (label instanceof String text) {
                world.needString(text);
                world.call(equals(world.repository()));
            } else if (label instanceof DynamicConstantDesc<?> constant) {
                world.useStatic(constant(constant, world.repository()));
            }
        }
    }

    /** The method that compares with a string. */
    public static Callee.Code equals(ClassRepository repository) {
        return Support.code(repository, SUPPORT, "equals",
                "(Ljava/lang/String;Ljava/lang/Object;)Z");
    }

    /** The field that holds the enum constant that {@code label} describes. */
    public static FieldNode constant(DynamicConstantDesc<?> label, ClassRepository repository) {
        try {
            if (label.resolveConstantDesc(MethodHandles.lookup()) instanceof EnumDesc<?> constant) {
                FieldNode field = repository.resolveField(ClassRepository.className(
                        constant.constantType().descriptorString()), constant.constantName());
                if (field != null) {
                    return field;
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new Refusal(Problem.DYNAMIC, "case " + label.constantName() + ": " + e);
        }
        throw new Refusal(Problem.DYNAMIC, "case " + label);
    }
}
