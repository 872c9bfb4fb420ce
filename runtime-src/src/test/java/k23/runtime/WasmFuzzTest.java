package k23.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import k23.fuzz.Fuzzer;
import k23.fuzz.GuidedFuzzer;
import k23.runtime.module.ErrorKind;
import k23.runtime.module.Failure;
import k23.runtime.module.Features;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hostile WASM modules. */
class WasmFuzzTest {
    private static final Path VALIDATOR = Path.of("/usr/bin/wasm-validate");

    @Test
    void thousandsAreTakenOrRefused() {
        Map<String, Integer> outcomes = Fuzzer.run(new WasmTarget(), 60_000);
        assertTrue(outcomes.get("VALID") > 1000 && outcomes.get("INVALID") > 1000
                && outcomes.get("MALFORMED") > 1000, outcomes.toString());
    }

    @Test
    void thousandsOfFunctionsAreTakenOrRefused() {
        Map<String, Integer> outcomes = Fuzzer.run(new WasmBodyTarget(), 60_000);
        assertTrue(outcomes.get("VALID") > 500 && outcomes.get("INVALID") > 5000,
                outcomes.toString());
    }

    @Test
    @Tag("nightly")
    void aMillionAreTakenOrRefusedAsByAnotherValidator() throws Exception {
        compare("wasm", GuidedFuzzer.run(WasmTarget.class, 1_000_000).corpus(), input -> input);
    }

    @Test
    @Tag("nightly")
    void aMillionFunctionsAreTakenOrRefusedAsByAnotherValidator() throws Exception {
        compare("wasm-body", GuidedFuzzer.run(WasmBodyTarget.class, 1_000_000).corpus(),
                WasmBodyTarget::module);
    }

    /** All that was worth keeping is judged by another validator as well. */
    private static void compare(String name, Path corpus, UnaryOperator<byte[]> module)
            throws Exception {
        Assumptions.assumeTrue(Files.exists(VALIDATOR),
                "the verdicts are not compared: Debian's package wabt is not installed");
        var differences = new ArrayList<String>();
        var verdicts = new TreeMap<String, Integer>();
        Path file = Files.createTempFile("k23-fuzz", ".wasm");
        List<Path> inputs;
        try (var files = Files.list(corpus)) {
            inputs = files.sorted().toList();
        }
        for (Path input : inputs) {
            byte[] wasm = module.apply(Files.readAllBytes(input));
            Failure ours = FrontEnd.check(wasm, Features.CORE_2);
            String theirs = verdict(Files.write(file, wasm));
            verdicts.merge((ours.isError() ? "" + ours.kind() : "VALID")
                    + (theirs.isEmpty() ? " and taken" : " and refused"), 1, Integer::sum);
            if (ours.isError() == theirs.isEmpty() && ours.kind() != ErrorKind.LIMIT) {
                differences.add(input + ": " + ours + ", " + theirs);
            }
        }
        Files.delete(file);
        System.out.println("fuzz." + name + ".verdicts " + verdicts);
        assertEquals(List.of(), differences);
    }

    /** What WABT says against a module, or nothing. */
    private static String verdict(Path input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(VALIDATOR.toString(), "--disable-simd",
                "--ignore-custom-section-errors", input.toString()).redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(),
                StandardCharsets.ISO_8859_1);
        // What is in custom sections may be wrong, but not the name of one.
        return process.waitFor() == 0 && !output.contains("encoding: section name") ? ""
                : output + " ";
    }
}
