package k23.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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
    private static final Path WABT = Path.of("/usr/bin/wasm-validate");
    private static final Path V8 = Path.of("/usr/bin/node");

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

    /**
     * All that was worth keeping is judged by another validator as well. What WABT refuses is
     * refused; what it alone takes may be its mistake, so V8 decides where it is there.
     */
    private static void compare(String name, Path corpus, UnaryOperator<byte[]> module)
            throws Exception {
        Assumptions.assumeTrue(Files.exists(WABT),
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
            Files.write(file, wasm);
            Failure ours = FrontEnd.check(wasm, Features.CORE_2);
            boolean taken = isTaken(WABT.toString(), "--disable-simd",
                    "--ignore-custom-section-errors", file.toString());
            verdicts.merge((ours.isError() ? "" + ours.kind() : "VALID")
                    + (taken ? " and taken" : " and refused"), 1, Integer::sum);
            if (ours.isError() != taken || ours.kind() == ErrorKind.LIMIT) {
                continue;
            }
            if (!taken || Files.exists(V8) && isTaken(V8.toString(), "-e",
                    "new WebAssembly.Module(require('fs').readFileSync('" + file + "'))")) {
                differences.add(input + ": " + ours);
            }
        }
        Files.delete(file);
        System.out.println("fuzz." + name + ".verdicts " + verdicts);
        assertEquals(List.of(), differences);
    }

    private static boolean isTaken(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }
}
