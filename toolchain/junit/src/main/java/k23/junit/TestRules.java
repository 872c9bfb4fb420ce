package k23.junit;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import k23.image.Limits;
import k23.sdk.boot.BootInfo;

/** What a {@link KernelTest} has to look like. */
final class TestRules {
    private static final int MAX_STATUS = 255;

    private TestRules() {}

    /** What is wrong with {@code method}, and what to do; null when nothing is. */
    static String fault(Method method) {
        List<String> faults = new ArrayList<>();
        signature(method, faults);
        options(method.getAnnotation(KernelTest.class), faults);
        return faults.isEmpty() ? null : String.join("; ", faults);
    }

    private static void signature(Method method, List<String> faults) {
        int modifiers = method.getModifiers();
        Class<?>[] parameters = method.getParameterTypes();
        boolean takesNothing = parameters.length == 0;
        boolean takesMachine = Arrays.equals(parameters,
                new Class<?>[] {int.class, BootInfo.class});
        if (!Modifier.isStatic(modifiers) || Modifier.isPrivate(modifiers)
                || Modifier.isNative(modifiers) || method.getReturnType() != void.class
                || !takesNothing && !takesMachine) {
            faults.add("write it as `static void " + method.getName() + "()` or `static void "
                    + method.getName() + "(int hart, BootInfo boot)`, not private");
        }
    }

    private static void options(KernelTest test, List<String> faults) {
        within("harts", 1, Limits.HARTS, test.harts(), faults);
        within("memoryMib", Limits.MIN_MEMORY_MIB, Limits.MAX_MEMORY_MIB, test.memoryMib(),
                faults);
        within("status", 0, MAX_STATUS, test.status(), faults);
        within("timeoutSeconds", 1, Integer.MAX_VALUE, test.timeoutSeconds(), faults);
        if (test.everyHart() && test.kernel()) {
            faults.add("everyHart needs kernel = false: the kernel runs on one hart");
        }
        if (test.status() != 0 && !test.panic().isEmpty()) {
            faults.add("a test expects a panic or an exit status, not both");
        }
    }

    private static void within(String option, int least, int most, int value,
            List<String> faults) {
        if (value < least || value > most) {
            faults.add(option + " is " + least + " to " + most + ", not " + value);
        }
    }
}
