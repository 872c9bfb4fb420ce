package k23.junit;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;

/** One test. */
final class TestMethod extends AbstractTestDescriptor {
    static final String SEGMENT = "method";

    private final Method method;

    TestMethod(UniqueId parent, Method method) {
        super(parent.append(SEGMENT, signature(method)), method.getName() + "()",
                MethodSource.from(method));
        this.method = method;
    }

    /** The method as unique ids write it: name and types of the parameters. */
    static String signature(Method method) {
        return method.getName() + Arrays.stream(method.getParameterTypes())
                .map(Class::getTypeName).collect(Collectors.joining(", ", "(", ")"));
    }

    Method method() {
        return method;
    }

    KernelTest expectation() {
        return method.getAnnotation(KernelTest.class);
    }

    @Override
    public Type getType() {
        return Type.TEST;
    }

    /** Kernel or bare, so that one kind can be left out. */
    @Override
    public Set<TestTag> getTags() {
        return Set.of(TestTag.create(expectation().kernel() ? "kernel" : "bare"));
    }
}
