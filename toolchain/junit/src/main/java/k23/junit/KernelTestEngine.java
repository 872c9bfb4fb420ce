package k23.junit;

import java.util.Optional;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;

/**
 * The engine of {@link KernelTest}s. Its tests have ids such as
 * {@code [engine:k23]/[class:a.FramesTest]/[method:blocksAreAligned()]}.
 *
 * <p>The configuration parameter {@value #PARALLELISM} tells how many machines run at a time; as
 * many as the host has processors when it is not set.
 */
public final class KernelTestEngine implements TestEngine {
    /** The engine's id. */
    public static final String ID = "k23";
    /** The configuration parameter for the number of machines that run at a time. */
    public static final String PARALLELISM = "k23.junit.parallelism";

    /** Made by the JUnit Platform. */
    public KernelTestEngine() {}

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Optional<String> getGroupId() {
        return Optional.of("org.k23");
    }

    @Override
    public Optional<String> getArtifactId() {
        return Optional.of("k23-junit");
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId id) {
        var engine = new EngineDescriptor(id, "k23 virtual machines");
        TestResolver.resolve(request, engine);
        return engine;
    }

    @Override
    public void execute(ExecutionRequest request) {
        new TestExecution(request).run();
    }
}
