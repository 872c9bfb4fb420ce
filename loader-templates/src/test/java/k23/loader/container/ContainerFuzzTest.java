package k23.loader.container;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import k23.fuzz.Fuzzer;
import k23.fuzz.GuidedFuzzer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hostile containers. */
class ContainerFuzzTest {
    @Test
    void thousandsThatAreSignedEndOrAreRefused() {
        Map<String, Integer> outcomes = Fuzzer.run(new ContainerTarget(), 20_000);
        assertTrue(outcomes.get("NONE") > 100, outcomes.toString());
        assertTrue(outcomes.size() >= 5, outcomes.toString());
    }

    @Test
    void ofAThousandOnlyTheValidPass() {
        Map<String, Integer> outcomes = Fuzzer.run(new WholeContainerTarget(), 2000);
        assertTrue(outcomes.containsKey("BAD_SIGNATURE"), outcomes.toString());
    }

    @Test
    void thousandsOfSeveralChunksAreJudgedAsTheJdkDoes() {
        Map<String, Integer> outcomes = Fuzzer.run(new LargeContainerTarget(), 6000);
        assertTrue(outcomes.get("NONE") > 100, outcomes.toString());
        assertTrue(outcomes.containsKey("BAD_DIGEST") && outcomes.containsKey("BAD_COMPRESSION")
                && outcomes.containsKey("BAD_SIGNATURE"), outcomes.toString());
    }

    @Test
    @Tag("nightly")
    void aMillionThatAreSignedEndOrAreRefused() {
        GuidedFuzzer.run(ContainerTarget.class, 1_000_000);
    }

    @Test
    @Tag("nightly")
    void ofAMillionOnlyTheValidPass() {
        GuidedFuzzer.run(WholeContainerTarget.class, 1_000_000);
    }

    @Test
    @Tag("nightly")
    void manyOfSeveralChunksAreJudgedAsTheJdkDoes() {
        GuidedFuzzer.run(LargeContainerTarget.class, 250_000);
    }
}
