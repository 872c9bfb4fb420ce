package k23.tests.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import k23.sdk.sim.Machine;
import k23.sdk.trace.CodeTables;
import k23.tests.bare.BarePayload;
import k23.tests.bare.DifferentialPayload;
import k23.tests.bare.Outcome;
import org.junit.jupiter.api.Test;

/**
 * Every case on every pair of inputs, on the JVM and on a (virtual) RISC-V machine: the same result
 * or the same kind of trap, as the trap table of the program names it.
 */
class DifferentialTest {
    private static final int SHOWN = 20;
    /** The number of {@code Integer.numberOfTrailingZeros}. */
    private static final int TRAILING_ZEROS = 23;

    @Test
    void resultsAndTrapsAreThoseOfTheJvm() {
        byte[] elf = BarePayload.compile(DifferentialPayload.START, true);
        List<String> machine = Outcome.lines(BarePayload.run(elf));
        CodeTables code = CodeTables.ofElf(Machine.reset().allocate(elf));
        List<String> differences = new ArrayList<>();
        int trials = 0;
        int traps = 0;
        for (int which = 0; which < Cases.COUNT; which++) {
            for (int i = 0; i < Cases.inputs(which); i++) {
                for (int j = 0; j < Cases.inputs(which); j++) {
                    long a = Cases.input(which, i);
                    long b = Cases.input(which, j);
                    String jvm = onJvm(which, a, b);
                    assertTrue(trials < machine.size(), "the machine stopped in case " + which);
                    String got = Outcome.reported(code, machine.get(trials++));
                    traps += got.startsWith("!") ? 1 : 0;
                    if (!jvm.equals(got)) {
                        differences.add("case %d of %x, %x: JVM %s, machine %s".formatted(
                                which, a, b, jvm, got));
                    }
                }
            }
        }
        assertEquals(List.of(), differences.stream().limit(SHOWN).toList());
        assertEquals(trials, machine.size());
        assertTrue(trials > 100_000 && traps > 5_000, trials + " trials, " + traps + " traps");
    }

    /** Cranelift has rules of its own for them. */
    @Test
    void extensionsOfTheProcessorChangeNoResult() {
        List<String> without = onMachine("rv64gc");
        List<String> with = onMachine("rv64gc_zba_zbb_zbs");
        int trial = 0;
        for (int which = 0; which < Cases.COUNT; which++) {
            for (int i = 0; i < Cases.inputs(which); i++) {
                for (int j = 0; j < Cases.inputs(which); j++) {
                    // QEMU before 8.0 has ctzw count in 64 bits.
                    boolean isMistaken = which == TRAILING_ZEROS
                            && (int) Cases.input(which, i) == 0;
                    if (!isMistaken) {
                        assertEquals(without.get(trial), with.get(trial), "case " + which
                                + " of " + Cases.input(which, i) + ", " + Cases.input(which, j));
                    }
                    trial++;
                }
            }
        }
        assertEquals(trial, with.size());
    }

    private static List<String> onMachine(String isa) {
        byte[] elf = BarePayload.compileFor(isa, DifferentialPayload.START);
        CodeTables code = CodeTables.ofElf(Machine.reset().allocate(elf));
        return Outcome.lines(BarePayload.run(elf)).stream()
                .map(line -> Outcome.reported(code, line)).toList();
    }

    private static String onJvm(int which, long a, long b) {
        try {
            return Outcome.returned(Cases.run(which, a, b));
        } catch (RuntimeException e) {
            return Outcome.thrown(e);
        }
    }
}
