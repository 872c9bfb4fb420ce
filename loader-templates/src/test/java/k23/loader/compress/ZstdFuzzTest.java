package k23.loader.compress;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import k23.fuzz.Fuzzer;
import k23.fuzz.GuidedFuzzer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hostile Zstandard frames. */
class ZstdFuzzTest {
    @Test
    void thousandsAreRefusedOrDecodeAsTheReferenceDoes() {
        Map<String, Integer> outcomes = Fuzzer.run(new ZstdTarget(), 20_000);
        assertTrue(outcomes.get("NONE") > 100 && outcomes.size() > 10, outcomes.toString());
    }

    @Test
    @Tag("nightly")
    void aMillionAreRefusedOrDecodeAsTheReferenceDoes() {
        GuidedFuzzer.run(ZstdTarget.class, 1_000_000);
    }
}
