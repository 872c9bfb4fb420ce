package k23.loader.elf;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import k23.fuzz.Fuzzer;
import k23.fuzz.GuidedFuzzer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hostile payloads. */
class ElfFuzzTest {
    @Test
    void thousandsArePlacedOrRefused() {
        Map<String, Integer> outcomes = Fuzzer.run(new ElfTarget(), 20_000);
        assertTrue(outcomes.get("NONE") > 100 && outcomes.size() > 5, outcomes.toString());
    }

    @Test
    @Tag("nightly")
    void aMillionArePlacedOrRefused() {
        GuidedFuzzer.run(ElfTarget.class, 1_000_000);
    }
}
