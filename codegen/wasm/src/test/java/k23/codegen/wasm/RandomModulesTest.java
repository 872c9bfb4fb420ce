package k23.codegen.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random modules do optimised what they do without, and what an interpreter does. */
class RandomModulesTest {
    private static final int BATCH = 50;

    @Test
    void hundredsOfModulesDoTheSameWithoutOptimisations() throws IOException {
        List<List<String>> answers = assertAgreement(0, 150);
        long calls = answers.stream().mapToLong(List::size).sum();
        long traps = answers.stream().flatMap(List::stream).filter(a -> a.startsWith("trap"))
                .count();
        assertTrue(traps < calls / 2 && traps > 100, calls + " calls, " + traps + " traps");
    }

    @Test
    @Tag("nightly")
    void thousandsOfModulesDoTheSameWithoutOptimisations() throws IOException {
        assertAgreement(1_000_000, 10_000);
    }

    @Test
    @Tag("nightly")
    void thousandsOfModulesDoWhatAnInterpreterDoes() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Files.exists(WasmInterpreter.BINARY),
                "Debian's package wabt is not installed");
        for (int seed = 2_000_000; seed < 2_003_000; seed += BATCH) {
            List<RandomModule> modules = modules(seed, BATCH);
            var theirs = new ArrayList<List<String>>();
            for (RandomModule module : modules) {
                theirs.add(WasmInterpreter.answers(module));
            }
            assertEquals(List.of(),
                    ModuleBatch.compare(modules, ModuleBatch.answers(modules), theirs));
        }
    }

    private static List<RandomModule> modules(long firstSeed, int count) {
        var modules = new ArrayList<RandomModule>();
        for (int i = 0; i < count; i++) {
            modules.add(new ModuleGenerator(firstSeed + i).module());
        }
        return modules;
    }

    private static List<List<String>> assertAgreement(long firstSeed, int count)
            throws IOException {
        var all = new ArrayList<List<String>>();
        for (int done = 0; done < count; done += BATCH) {
            List<RandomModule> modules = modules(firstSeed + done, BATCH);
            List<List<String>> answers = ModuleBatch.answers(modules);
            var differences = ModuleBatch.compare(modules, answers,
                    ModuleBatch.plainAnswers(modules));
            assertEquals("", differences.isEmpty() ? "" : differences.size()
                    + " differences, the first: " + ModuleBatch.shrunk(differences.getFirst()));
            all.addAll(answers);
        }
        return all;
    }
}
