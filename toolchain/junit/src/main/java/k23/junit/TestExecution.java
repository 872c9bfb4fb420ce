package k23.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;

/**
 * One execution: classes one after the other, the machines of a class in parallel, while the images
 * of the next class are being built.
 */
final class TestExecution {
    private final EngineExecutionListener listener;
    private final ExecutionRequest request;
    private final int parallelism;

    TestExecution(ExecutionRequest request) {
        this.request = request;
        this.listener = request.getEngineExecutionListener();
        this.parallelism = request.getConfigurationParameters()
                .get(KernelTestEngine.PARALLELISM, Integer::valueOf)
                .orElse(Runtime.getRuntime().availableProcessors());
    }

    void run() {
        TestDescriptor engine = request.getRootTestDescriptor();
        listener.executionStarted(engine);
        try {
            Path folder = Files.createTempDirectory("k23-tests");
            try (ExecutorService machines = Executors.newFixedThreadPool(Math.max(1, parallelism));
                    ExecutorService builder = Executors.newSingleThreadExecutor()) {
                run(engine.getChildren().stream().map(TestClass.class::cast).toList(), folder,
                        machines, builder);
            } finally {
                delete(folder);
            }
            listener.executionFinished(engine, TestExecutionResult.successful());
        } catch (IOException | RuntimeException e) {
            listener.executionFinished(engine, TestExecutionResult.failed(e));
        }
    }

    private void run(List<TestClass> classes, Path folder, ExecutorService machines,
            ExecutorService builder) {
        List<Future<TestImages>> images = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            TestClass type = classes.get(i);
            Path own = folder.resolve(Integer.toString(i));
            images.add(builder.submit(() -> TestImages.build(type.tests(), own)));
        }
        for (int i = 0; i < classes.size(); i++) {
            run(classes.get(i), images.get(i), machines);
        }
    }

    private void run(TestClass type, Future<TestImages> images, ExecutorService machines) {
        listener.executionStarted(type);
        List<Future<?>> running = new ArrayList<>();
        for (TestMethod test : type.tests()) {
            running.add(machines.submit(() -> run(test, images)));
        }
        Throwable failure = null;
        for (Future<?> future : running) {
            try {
                future.get();
            } catch (ExecutionException e) {
                failure = e.getCause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = e;
                break;
            }
        }
        listener.executionFinished(type, failure == null ? TestExecutionResult.successful()
                : TestExecutionResult.failed(failure));
    }

    private void run(TestMethod test, Future<TestImages> images) {
        if (request.getCancellationToken().isCancellationRequested()) {
            listener.executionSkipped(test, "the execution was cancelled");
            return;
        }
        listener.executionStarted(test);
        listener.executionFinished(test, result(test, images));
    }

    private static TestExecutionResult result(TestMethod test, Future<TestImages> images) {
        try {
            TestImages.Bootable bootable = images.get().of(test);
            KernelTest wanted = test.expectation();
            var machine = new VirtualMachine(wanted.harts(), wanted.memoryMib(),
                    Duration.ofSeconds(wanted.timeoutSeconds()));
            Verdict.pass(test, machine.run(bootable.image(), bootable.arguments()));
            return TestExecutionResult.successful();
        } catch (ExecutionException e) {
            return TestExecutionResult.failed(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return TestExecutionResult.aborted(e);
        } catch (RuntimeException | AssertionError e) {
            return TestExecutionResult.failed(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
