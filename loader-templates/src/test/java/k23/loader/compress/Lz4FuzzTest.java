package k23.loader.compress;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import k23.fuzz.Fuzzer;
import k23.fuzz.GuidedFuzzer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hostile LZ4 frames. */
class Lz4FuzzTest {
    @Test
    void thousandsAreRefusedOrDecoded() {
        Map<String, Integer> outcomes = Fuzzer.run(new Lz4Target(), 20_000);
        assertTrue(outcomes.get("NONE") > 100 && outcomes.size() > 6, outcomes.toString());
    }

    @Test
    @Tag("nightly")
    void aMillionAreRefusedOrDecoded() {
        GuidedFuzzer.run(Lz4Target.class, 1_000_000);
    }
}
