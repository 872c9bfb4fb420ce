package k23.codegen.compiler.world;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;

/**
 * The classes of lambdas and method references: one final class for each place in the program,
 * with a field for each captured variable and the interface's method, which calls the lambda's
 * body. From here on they are classes like any other.
 */
public final class LambdaClasses {
    private static final Map<ClassDesc, ClassDesc> BOXES = Map.of(
            ConstantDescs.CD_boolean, ConstantDescs.CD_Boolean,
            ConstantDescs.CD_byte, ConstantDescs.CD_Byte,
            ConstantDescs.CD_short, ConstantDescs.CD_Short,
            ConstantDescs.CD_char, ConstantDescs.CD_Character,
            ConstantDescs.CD_int, ConstantDescs.CD_Integer,
            ConstantDescs.CD_long, ConstantDescs.CD_Long,
            ConstantDescs.CD_float, ConstantDescs.CD_Float,
            ConstantDescs.CD_double, ConstantDescs.CD_Double);

    private final MethodNode method;
    private final int index;
    private final InvokeDynamicInstruction call;

    private LambdaClasses(MethodNode method, int index, InvokeDynamicInstruction call) {
        this.method = method;
        this.index = index;
        this.call = call;
    }

    /** Whether {@code call} makes a lambda or method reference. */
    public static boolean isLambda(InvokeDynamicInstruction call) {
        return call.bootstrapMethod().owner().displayName().equals("LambdaMetafactory")
                && call.bootstrapMethod().methodName().equals("metafactory");
    }

    /** The internal name of the class for the instruction {@code index} of {@code method}. */
    public static String name(MethodNode method, int index) {
        return method.owner().name() + "$$Lambda$" + method.name().replace('<', '_')
                .replace('>', '_') + "$" + Integer.toHexString(method.descriptor().hashCode())
                + "$" + index;
    }

    /** The name of the field of a captured variable. */
    public static String field(int captured) {
        return "captured" + captured;
    }

    /** The class file of the class for {@code call}, the instruction {@code index}. */
    static byte[] write(MethodNode method, int index, InvokeDynamicInstruction call) {
        return new LambdaClasses(method, index, call).write();
    }

    private byte[] write() {
        ClassDesc self = ClassDesc.ofInternalName(name(method, index));
        MethodTypeDesc captured = call.typeSymbol();
        MethodTypeDesc erased = (MethodTypeDesc) call.bootstrapArgs().get(0);
        return ClassFile.of().build(self, builder -> {
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
            builder.withSuperclass(ConstantDescs.CD_Object);
            builder.withInterfaceSymbols(captured.returnType());
            builder.with(SourceFileAttribute.of(method.owner().sourceFile()));
            for (int i = 0; i < captured.parameterCount(); i++) {
                builder.withField(field(i), captured.parameterType(i),
                        ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
            }
            builder.withMethodBody(call.name().stringValue(), erased, ClassFile.ACC_PUBLIC,
                    code -> body(code, self, erased));
        });
    }

    private void body(CodeBuilder code, ClassDesc self, MethodTypeDesc erased) {
        DirectMethodHandleDesc target = (DirectMethodHandleDesc) call.bootstrapArgs().get(1);
        MethodTypeDesc actual = (MethodTypeDesc) call.bootstrapArgs().get(2);
        int line = method.bytecode().line(index);
        if (line > 0) {
            code.lineNumber(line);
        }
        boolean isNew = target.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR;
        if (isNew) {
            code.new_(target.owner()).dup();
        }
        MethodTypeDesc captured = call.typeSymbol();
        for (int i = 0; i < captured.parameterCount(); i++) {
            code.aload(0).getfield(self, field(i), captured.parameterType(i));
        }
        List<ClassDesc> taken = target.invocationType().parameterList();
        for (int i = 0; i < erased.parameterCount(); i++) {
            code.loadLocal(TypeKind.from(erased.parameterType(i)), code.parameterSlot(i));
            if (!erased.parameterType(i).equals(actual.parameterType(i))) {
                code.checkcast(actual.parameterType(i));
            }
            adapt(code, actual.parameterType(i), taken.get(captured.parameterCount() + i));
        }
        invoke(code, target);
        ClassDesc result = isNew ? target.owner() : target.invocationType().returnType();
        leave(code, result, erased.returnType());
    }

    private static void invoke(CodeBuilder code, DirectMethodHandleDesc target) {
        MethodTypeDesc type = MethodTypeDesc.ofDescriptor(target.lookupDescriptor());
        switch (target.kind()) {
            case STATIC, INTERFACE_STATIC -> code.invokestatic(target.owner(),
                    target.methodName(), type, target.isOwnerInterface());
            case CONSTRUCTOR -> code.invokespecial(target.owner(), "<init>", type);
            case INTERFACE_VIRTUAL -> code.invokeinterface(target.owner(), target.methodName(),
                    type);
            case SPECIAL, INTERFACE_SPECIAL -> code.invokespecial(target.owner(),
                    target.methodName(), type, target.isOwnerInterface());
            default -> code.invokevirtual(target.owner(), target.methodName(), type);
        }
    }

    /** Turns the topmost value from a {@code given} into a {@code wanted}, as a call would. */
    private static void adapt(CodeBuilder code, ClassDesc given, ClassDesc wanted) {
        if (given.isPrimitive() && wanted.isPrimitive()) {
            TypeKind to = TypeKind.from(wanted).asLoadable();
            if (TypeKind.from(given).asLoadable() != to) {
                code.conversion(TypeKind.from(given), to);
            }
        } else if (given.isPrimitive()) {
            ClassDesc box = BOXES.get(given);
            code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, given));
        } else if (wanted.isPrimitive()) {
            // Boxed numbers do not exist: the call is refused where the lambda is.
            ClassDesc box = BOXES.get(wanted);
            code.invokevirtual(box, wanted.displayName() + "Value", MethodTypeDesc.of(wanted));
        }
    }

    private static void leave(CodeBuilder code, ClassDesc given, ClassDesc wanted) {
        TypeKind from = TypeKind.from(given);
        TypeKind to = TypeKind.from(wanted);
        if (to == TypeKind.VOID) {
            switch (from.slotSize()) {
                case 0 -> { }
                case 1 -> code.pop();
                default -> code.pop2();
            }
        } else {
            adapt(code, given, wanted);
        }
        code.return_(to);
    }
}
