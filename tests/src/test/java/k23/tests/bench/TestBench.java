package k23.tests.bench;

import static java.lang.constant.ConstantDescs.CD_void;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.classfile.Annotation;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import k23.junit.KernelTest;
import k23.junit.KernelTestEngine;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** How long a hundred tests take that do nothing, each with the kernel in a machine of its own. */
final class TestBench {
    private static final int TESTS = 100;
    private static final String CLASS = "k23.tests.trivial.TrivialTest";

    private TestBench() {}

    static void print(PrintStream out) throws IOException {
        Path folder = Files.createTempDirectory("k23-trivial-tests");
        Path file = folder.resolve(CLASS.replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, trivialTests());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            Duration time = run(loader.loadClass(CLASS));
            out.printf("junit.100-trivial %.1f s%n", time.toMillis() / 1000.0);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
            for (Path at = file; !at.equals(folder.getParent()); at = at.getParent()) {
                Files.delete(at);
            }
        }
    }

    private static byte[] trivialTests() {
        ClassDesc annotation = KernelTest.class.describeConstable().orElseThrow();
        return ClassFile.of().build(ClassDesc.of(CLASS), type -> {
            for (int i = 0; i < TESTS; i++) {
                type.withMethod("test" + i, MethodTypeDesc.of(CD_void), ClassFile.ACC_STATIC,
                        method -> method
                                .with(RuntimeVisibleAnnotationsAttribute.of(
                                        Annotation.of(annotation)))
                                .withCode(code -> code.return_()));
            }
        });
    }

    private static Duration run(Class<?> tests) {
        var listener = new SummaryGeneratingListener();
        var config = LauncherConfig.builder().enableTestEngineAutoRegistration(false)
                .addTestEngines(new KernelTestEngine()).build();
        long start = System.nanoTime();
        LauncherFactory.create(config).execute(LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tests)).forExecution().listeners(listener)
                .build());
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (listener.getSummary().getTestsSucceededCount() != TESTS) {
            throw new IllegalStateException("tests passed: "
                    + listener.getSummary().getTestsSucceededCount() + ", failures: "
                    + listener.getSummary().getFailures());
        }
        return time;
    }
}
