package k23.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.testkit.engine.EngineDiscoveryResults;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The engine, driven by the JUnit Platform's own test kit; the tests boot real machines. */
class KernelTestEngineTest {
    private static final String SAMPLES = "k23.junit.samples.";
    private static final String GOOD_ID = "[engine:k23]/[class:k23.junit.samples.GoodSample]";

    /** The failures of BadSample by the test's name. */
    private static Map<String, Throwable> failures;

    private static EngineTestKit.Builder select(DiscoverySelector... selectors) {
        return EngineTestKit.engine(KernelTestEngine.ID).selectors(selectors);
    }

    private static EngineTestKit.Builder sample(String name) {
        return select(selectClass(SAMPLES + name));
    }

    private static Map<String, Throwable> failures(EngineExecutionResults results) {
        return results.testEvents().failed().stream().collect(Collectors.toMap(
                event -> event.getTestDescriptor().getDisplayName(),
                event -> event.getRequiredPayload(
                        org.junit.platform.engine.TestExecutionResult.class)
                        .getThrowable().orElseThrow()));
    }

    @BeforeAll
    static void runWhatFails() {
        failures = failures(sample("BadSample").execute());
    }

    private static void assertFailed(String test, String... texts) {
        Throwable failure = failures.get(test + "()");
        assertTrue(failure instanceof GuestFailure, test + ": " + failure);
        for (String text : texts) {
            assertTrue(failure.getMessage().contains(text), failure.getMessage());
        }
    }

    @Test
    void goodTestsPass() {
        EngineExecutionResults results = sample("GoodSample").execute();
        assertEquals(Map.of(), failures(results));
        results.testEvents().assertStatistics(all -> all.started(9).succeeded(9));
    }

    @Test
    void everyBadTestFails() {
        assertEquals(Set.of("checkFails()", "checkFailsWithoutTheKernel()", "panics()",
                "panicsOtherwise()", "returnsInsteadOfPanicking()", "hangs()",
                "endsWithAnotherStatus()", "saysNothing()"), failures.keySet());
    }

    @Test
    void aFailedCheckTellsValuesConsoleAndPlace() {
        assertFailed("checkFails", "check: expected 1, was 0\n", "[k23 info] on the console",
                "  at BadSample.checkFails(BadSample.java:");
        assertFailed("checkFailsWithoutTheKernel", "check: zero is not 0\n",
                "  at BadSample.checkFailsWithoutTheKernel(BadSample.java:");
    }

    @Test
    void theStackTraceIsTheGuests() {
        assertTrue(Arrays.stream(failures.get("panics()").getStackTrace()).anyMatch(frame ->
                frame.getClassName().equals(SAMPLES + "BadSample")
                        && frame.getMethodName().equals("panics")
                        && frame.getFileName().equals("BadSample.java")
                        && frame.getLineNumber() > 0));
    }

    @Test
    void panicsThatWereNotExpected() {
        assertFailed("panics", "panic: division by zero\n");
        assertFailed("panicsOtherwise",
                "expected the panic 'null reference', was: division by zero");
        assertFailed("returnsInsteadOfPanicking",
                "expected the panic 'null reference', but the test returned");
    }

    @Test
    void aHangingTestIsStopped() {
        assertFailed("hangs", "timed out after 2 s\n", "[k23 info] waiting for ever");
    }

    @Test
    void textsThatDoNotCome() {
        assertFailed("saysNothing", "expected on the console: something to say");
    }

    @Test
    void anotherExitStatus() {
        assertFailed("endsWithAnotherStatus",
                "expected exit status 3, but the machine ended with status 4");
    }

    @Test
    void aWrongSignatureIsADiscoveryError() {
        EngineDiscoveryResults results = sample("WrongSample").discover();
        List<DiscoveryIssue> issues = results.getDiscoveryIssues();
        assertEquals(1, issues.size(), issues.toString());
        assertEquals(DiscoveryIssue.Severity.ERROR, issues.getFirst().severity());
        assertEquals("K23-1911: @KernelTest k23.junit.samples.WrongSample.takesText: write it as"
                + " `static void takesText()` or `static void takesText(int hart, BootInfo boot)`,"
                + " not private; harts is 1 to 64, not 65", issues.getFirst().message());
    }

    @Test
    void theCompilersDiagnosticsAreTheFailure() {
        Throwable failure = failures(sample("RefusedSample").execute()).get("usesTheLibrary()");
        assertTrue(failure.getMessage().contains("RefusedSample.java:")
                && failure.getMessage().contains("K23-1003"), failure.toString());
    }

    private static Set<String> found(EngineTestKit.Builder kit) {
        return kit.discover().getEngineDescriptor().getDescendants().stream()
                .filter(test -> test.isTest()).map(test -> test.getUniqueId().toString())
                .collect(Collectors.toSet());
    }

    @Test
    void testsAreFoundByMethodAndById() {
        String one = GOOD_ID + "/[method:returns()]";
        assertEquals(Set.of(one), found(select(selectMethod(SAMPLES + "GoodSample#returns"))));
        assertEquals(Set.of(one), found(select(selectUniqueId(one))));
        String other = GOOD_ID + "/[method:seesItsMachine(int, k23.sdk.boot.BootInfo)]";
        assertEquals(Set.of(other), found(select(selectUniqueId(other))));
        assertEquals(9, found(select(selectUniqueId(GOOD_ID))).size());
    }

    @Test
    void testsAreFoundByPackageAndRoot() throws URISyntaxException {
        Path root = Path.of(KernelTestEngineTest.class.getProtectionDomain().getCodeSource()
                .getLocation().toURI());
        Function<EngineTestKit.Builder, Integer> good = kit ->
                found(kit.filters(ClassNameFilter.includeClassNamePatterns(".*\\.GoodSample")))
                        .size();
        assertEquals(9, good.apply(select(selectPackage("k23.junit.samples"))));
        assertEquals(9, good.apply(select(
                selectClasspathRoots(Set.of(root)).toArray(DiscoverySelector[]::new))));
    }

    @Test
    void tagsTellKernelAndBare() {
        assertEquals(Set.of("kernel"), sample("BadSample").discover().getEngineDescriptor()
                .getDescendants().stream().filter(test -> test.getDisplayName().equals("hangs()"))
                .flatMap(test -> test.getTags().stream()).map(tag -> tag.getName())
                .collect(Collectors.toSet()));
    }

    @Test
    void eventsOfATestAreOnePair() {
        var events = select(selectMethod(SAMPLES + "GoodSample#returns")).execute().allEvents()
                .list().stream().map(Event::getType).toList();
        assertEquals(6, events.size(), events.toString());
    }
}
