package k23.junit;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.discovery.MethodSelector;
import org.junit.platform.engine.discovery.UniqueIdSelector;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.engine.support.discovery.DiscoveryIssueReporter;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;
import org.junit.platform.engine.support.discovery.SelectorResolver;

/** Finds tests by class, method, id, package and class path root. */
final class TestResolver implements SelectorResolver {
    private static final EngineDiscoveryRequestResolver<TestDescriptor> RESOLVER =
            EngineDiscoveryRequestResolver.<TestDescriptor>builder()
                    .addClassContainerSelectorResolver(TestResolver::hasTests)
                    .addSelectorResolver(context -> new TestResolver(context.getIssueReporter()))
                    .build();

    private final DiscoveryIssueReporter issues;

    private TestResolver(DiscoveryIssueReporter issues) {
        this.issues = issues;
    }

    /** Puts what {@code request} selects below {@code engine}. */
    static void resolve(EngineDiscoveryRequest request, TestDescriptor engine) {
        RESOLVER.resolve(request, engine);
    }

    private static boolean hasTests(Class<?> type) {
        return !tests(type).isEmpty();
    }

    private static List<Method> tests(Class<?> type) {
        try {
            return Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(KernelTest.class))
                    .sorted(Comparator.comparing(TestMethod::signature)).toList();
        } catch (LinkageError e) {
            return List.of(); // a class that names what is not there cannot be one of ours
        }
    }

    @Override
    public Resolution resolve(ClassSelector selector, Context context) {
        Class<?> type = selector.getJavaClass();
        return hasTests(type) ? container(type, context) : Resolution.unresolved();
    }

    private static Resolution container(Class<?> type, Context context) {
        return context.addToParent(parent -> Optional.of(new TestClass(parent.getUniqueId(), type)))
                .map(test -> Resolution.match(Match.exact(test, () -> methods(type))))
                .orElse(Resolution.unresolved());
    }

    private static Set<DiscoverySelector> methods(Class<?> type) {
        return tests(type).stream().map(method -> DiscoverySelectors.selectMethod(type, method))
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }

    @Override
    public Resolution resolve(MethodSelector selector, Context context) {
        Method method = selector.getJavaMethod();
        if (!method.isAnnotationPresent(KernelTest.class)) {
            return Resolution.unresolved();
        }
        String fault = TestRules.fault(method);
        if (fault != null) {
            issues.reportIssue(DiscoveryIssue.builder(DiscoveryIssue.Severity.ERROR,
                    "K23-1911: @KernelTest " + selector.getClassName() + "." + method.getName()
                            + ": " + fault).source(MethodSource.from(method)));
            return Resolution.unresolved();
        }
        return context.addToParent(
                        () -> DiscoverySelectors.selectClass(selector.getJavaClass()),
                        parent -> Optional.of(new TestMethod(parent.getUniqueId(), method)))
                .map(test -> Resolution.match(Match.exact(test)))
                .orElse(Resolution.unresolved());
    }

    @Override
    public Resolution resolve(UniqueIdSelector selector, Context context) {
        UniqueId.Segment last = selector.getUniqueId().getLastSegment();
        if (last.getType().equals(TestClass.SEGMENT)) {
            return selected(DiscoverySelectors.selectClass(last.getValue()));
        }
        if (last.getType().equals(TestMethod.SEGMENT)) {
            UniqueId.Segment owner = selector.getUniqueId().removeLastSegment().getLastSegment();
            return selected(DiscoverySelectors.selectMethod(
                    owner.getValue() + "#" + last.getValue()));
        }
        return Resolution.unresolved();
    }

    private static Resolution selected(DiscoverySelector selector) {
        return Resolution.selectors(Set.of(selector));
    }
}
