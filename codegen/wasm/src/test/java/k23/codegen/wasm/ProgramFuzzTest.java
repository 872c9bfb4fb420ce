package k23.codegen.wasm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import k23.fuzz.Fuzzer;
import k23.fuzz.GuidedFuzzer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hostile bundles and programs. */
class ProgramFuzzTest {
    @Test
    void thousandsAreReadOrRefused() {
        Map<String, Integer> outcomes = Fuzzer.run(new ProgramTarget(), 20_000);
        assertTrue(outcomes.get("PROGRAM") > 1000 && outcomes.get("REFUSED") > 1000,
                outcomes.toString());
    }

    @Test
    @Tag("nightly")
    void aMillionAreReadOrRefused() {
        GuidedFuzzer.run(ProgramTarget.class, 1_000_000);
    }
}
