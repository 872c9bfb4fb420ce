package k23.junit;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import k23.junit.guest.BareMachine;
import k23.junit.guest.TestArguments;
import k23.kernel.Kernel;
import k23.kernel.Power;
import k23.sdk.Entry;
import k23.sdk.Paging;
import k23.sdk.boot.BootInfo;
import k23.sdk.riscv.Hart;

/**
 * The payload's entry, made for a list of tests: it prepares the machine, calls the test that the
 * boot arguments name, and powers off with status 0 behind it.
 *
 * @param name  its binary name: in the tests' package, so that it may call them
 * @param bytes the class file
 */
record EntryClass(String name, byte[] bytes) {
    private static final ClassDesc BOOT_INFO = desc(BootInfo.class);
    private static final MethodTypeDesc MACHINE =
            MethodTypeDesc.of(CD_void, CD_int, BOOT_INFO);
    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(CD_void);
    private static final MethodTypeDesc STATUS = MethodTypeDesc.of(CD_void, CD_int);
    private static final int STACK_BYTES = 64 << 10;

    private static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    /** The entry of {@code tests}, which are methods of {@code owner}, by their index. */
    static EntryClass of(Class<?> owner, TestImages.Kind kind, List<TestMethod> tests) {
        String name = owner.getName() + "$K23Entry";
        byte[] bytes = ClassFile.of().build(ClassDesc.of(name), type -> type
                .withFlags(AccessFlag.FINAL, AccessFlag.SUPER)
                .with(SourceFileAttribute.of(owner.getSimpleName() + ".java"))
                .withMethod("main", MACHINE, ClassFile.ACC_STATIC, method -> method
                        .with(RuntimeInvisibleAnnotationsAttribute.of(entry(kind)))
                        .withCode(code -> main(code, kind, tests))));
        return new EntryClass(name, bytes);
    }

    private static Annotation entry(TestImages.Kind kind) {
        return Annotation.of(desc(Entry.class),
                AnnotationElement.ofInt("stackBytes", STACK_BYTES),
                AnnotationElement.of("paging", AnnotationValue.ofArray(kind.paging().stream()
                        .map(mode -> AnnotationValue.ofEnum(desc(Paging.class), mode.name()))
                        .toArray(AnnotationValue[]::new))),
                AnnotationElement.ofInt("harts", kind.everyHart() ? 0 : 1));
    }

    private static void main(CodeBuilder code, TestImages.Kind kind, List<TestMethod> tests) {
        if (kind.kernel()) {
            code.iload(0).aload(1).invokestatic(desc(Kernel.class), "start", MACHINE);
        } else {
            code.invokestatic(desc(BareMachine.class), "start", NOTHING);
        }
        code.aload(1).invokestatic(desc(TestArguments.class), "number",
                MethodTypeDesc.of(CD_int, BOOT_INFO));
        Label unknown = code.newLabel();
        Label passed = code.newLabel();
        List<SwitchCase> cases = new ArrayList<>();
        for (int i = 0; i < tests.size(); i++) {
            cases.add(SwitchCase.of(i, code.newLabel()));
        }
        code.tableswitch(0, tests.size() - 1, unknown, cases);
        for (int i = 0; i < tests.size(); i++) {
            code.labelBinding(cases.get(i).target());
            call(code, tests.get(i));
            code.goto_(passed);
        }
        code.labelBinding(unknown);
        code.loadConstant(TestArguments.NO_SUCH_TEST);
        off(code, kind);
        code.labelBinding(passed);
        if (kind.everyHart()) {
            parkOthers(code);
        }
        code.iconst_0();
        off(code, kind);
    }

    private static void call(CodeBuilder code, TestMethod test) {
        boolean takesMachine = test.method().getParameterCount() != 0;
        if (takesMachine) {
            code.iload(0).aload(1);
        }
        code.invokestatic(desc(test.method().getDeclaringClass()), test.method().getName(),
                takesMachine ? MACHINE : NOTHING);
    }

    private static void off(CodeBuilder code, TestImages.Kind kind) {
        code.invokestatic(desc(kind.kernel() ? Power.class : BareMachine.class), "off", STATUS);
        code.return_();
    }

    /** Only the boot hart ends the machine. */
    private static void parkOthers(CodeBuilder code) {
        code.invokestatic(desc(Hart.class), "fence", NOTHING);
        code.iload(0).i2l().aload(1).invokevirtual(BOOT_INFO, "bootHart",
                MethodTypeDesc.of(ClassDesc.ofDescriptor("J"))).lcmp();
        code.ifThen(then -> then.invokestatic(desc(BareMachine.class), "park", NOTHING));
    }
}
