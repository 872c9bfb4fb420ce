package k23.tests.jdk;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes a class that calls public static methods of the JDK which only take and give primitives:
 * {@code static long run(int which, int i, int j)} calls the method number {@code which} with the
 * inputs {@code i}, {@code j} and, from the third parameter on, {@code i ^ j}.
 */
final class JdkMethods {
    /** The symbol of the method that calls the others. */
    static final String RUN = "k23.generated.JdkCalls.run";
    /** The symbol of the method that counts them. */
    static final String COUNT = "k23.generated.JdkCalls.count";

    private static final ClassDesc SELF = ClassDesc.of("k23.generated.JdkCalls");
    private static final ClassDesc INPUTS = JdkInputs.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc RUN_TYPE = MethodTypeDesc.ofDescriptor("(III)J");

    /** What {@code Math} may round otherwise than {@code StrictMath}, and the JVM's does. */
    private static final Set<String> ROUNDED = Set.of("acos", "asin", "atan", "atan2", "cbrt",
            "cos", "cosh", "exp", "expm1", "hypot", "log", "log10", "log1p", "pow", "sin",
            "sinh", "tan", "tanh");

    private final List<Method> methods;

    private JdkMethods(List<Method> methods) {
        this.methods = methods;
    }

    /** The methods of these classes, in an order of their own. */
    static JdkMethods of(Class<?>... classes) {
        return new JdkMethods(Stream.of(classes)
                .flatMap(owner -> Arrays.stream(owner.getDeclaredMethods()))
                .filter(JdkMethods::isPrimitive)
                .sorted(Comparator.comparing(Method::toString)).toList());
    }

    private static boolean isPrimitive(Method method) {
        List<Class<?>> types = new ArrayList<>(List.of(method.getParameterTypes()));
        types.add(method.getReturnType());
        boolean isExact = !method.getName().equals("random")
                && (method.getDeclaringClass() != Math.class
                || !ROUNDED.contains(method.getName()));
        return isExact && Modifier.isPublic(method.getModifiers())
                && Modifier.isStatic(method.getModifiers()) && !method.isSynthetic()
                && types.stream().allMatch(type -> type.isPrimitive() && type != void.class);
    }

    /** The methods, by number. */
    List<Method> methods() {
        return methods;
    }

    /** Writes the class file below {@code folder}. */
    void write(Path folder) throws IOException {
        Path file = folder.resolve(SELF.packageName().replace('.', '/'))
                .resolve(SELF.displayName() + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, ClassFile.of().build(SELF, type -> {
            type.withMethodBody("count", MethodTypeDesc.of(ConstantDescs.CD_int),
                    ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                    code -> code.loadConstant(methods.size()).ireturn());
            type.withMethodBody("run", RUN_TYPE, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                    this::select);
            for (int i = 0; i < methods.size(); i++) {
                Method method = methods.get(i);
                type.withMethodBody("call" + i, MethodTypeDesc.ofDescriptor("(II)J"),
                        ClassFile.ACC_STATIC, code -> call(code, method));
            }
        }));
    }

    private void select(CodeBuilder code) {
        List<SwitchCase> cases = new ArrayList<>();
        for (int i = 0; i < methods.size(); i++) {
            cases.add(SwitchCase.of(i, code.newLabel()));
        }
        var otherwise = code.newLabel();
        code.iload(0).tableswitch(otherwise, cases);
        for (SwitchCase one : cases) {
            code.labelBinding(one.target()).iload(1).iload(2).invokestatic(SELF,
                    "call" + one.caseValue(), MethodTypeDesc.ofDescriptor("(II)J")).lreturn();
        }
        code.labelBinding(otherwise).loadConstant(0L).lreturn();
    }

    private static void call(CodeBuilder code, Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        for (int p = 0; p < parameters.length; p++) {
            code.iload(p == 1 ? 1 : 0);
            if (p > 1) {
                code.iload(1).ixor().loadConstant(JdkInputs.COUNT).irem();
            }
            load(code, TypeKind.fromDescriptor(parameters[p].descriptorString()));
        }
        ClassDesc owner = method.getDeclaringClass().describeConstable().orElseThrow();
        MethodTypeDesc type = MethodTypeDesc.of(
                method.getReturnType().describeConstable().orElseThrow(),
                Stream.of(parameters).map(p -> p.describeConstable().orElseThrow()).toList());
        code.invokestatic(owner, method.getName(), type);
        TypeKind result = TypeKind.from(type.returnType());
        switch (result.asLoadable()) {
            case INT -> code.i2l();
            case FLOAT -> code.invokestatic(ConstantDescs.CD_Float, "floatToIntBits",
                    MethodTypeDesc.ofDescriptor("(F)I")).i2l();
            case DOUBLE -> code.invokestatic(ConstantDescs.CD_Double, "doubleToLongBits",
                    MethodTypeDesc.ofDescriptor("(D)J"));
            default -> { }
        }
        code.lreturn();
    }

    /** From the number of an input to the input. */
    private static void load(CodeBuilder code, TypeKind kind) {
        if (kind == TypeKind.FLOAT || kind == TypeKind.DOUBLE) {
            code.invokestatic(INPUTS, "ofDouble", MethodTypeDesc.ofDescriptor("(I)D"));
            if (kind == TypeKind.FLOAT) {
                code.d2f();
            }
            return;
        }
        code.invokestatic(INPUTS, "ofLong", MethodTypeDesc.ofDescriptor("(I)J"));
        switch (kind) {
            case LONG -> { }
            case INT -> code.l2i();
            case BOOLEAN -> code.l2i().iconst_1().iand();
            case BYTE -> code.l2i().i2b();
            case SHORT -> code.l2i().i2s();
            case CHAR -> code.l2i().i2c();
            default -> throw new IllegalArgumentException(kind.toString());
        }
    }
}
