package k23.codegen.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the compiler makes of the official suite, run under qemu-riscv64. */
class SpecSuiteTest {
    private static final WasmOptions OPTIONS = WasmOptions.standard().withVerify(true);

    @TestFactory
    Stream<DynamicTest> core2() {
        SpecSuite suite = SpecSuite.open();
        return suite.files("core-2.0").stream().map(file -> DynamicTest.dynamicTest(file, () -> {
            SpecScript.Outcome outcome = SpecScript.run(suite, file, OPTIONS);
            assertEquals(List.of(), outcome.failures());
        }));
    }
}
