package k23.junit;

import java.util.List;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;

/** A class with tests. */
final class TestClass extends AbstractTestDescriptor {
    static final String SEGMENT = "class";

    private final Class<?> type;

    TestClass(UniqueId parent, Class<?> type) {
        super(parent.append(SEGMENT, type.getName()), type.getSimpleName(), ClassSource.from(type));
        this.type = type;
    }

    Class<?> type() {
        return type;
    }

    /** Its tests, in the order in which they were found. */
    List<TestMethod> tests() {
        return getChildren().stream().map(TestMethod.class::cast).toList();
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }

    @Override
    public String getLegacyReportingName() {
        return type.getName();
    }
}
