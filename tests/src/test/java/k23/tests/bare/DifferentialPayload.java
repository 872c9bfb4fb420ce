package k23.tests.bare;

import k23.sdk.Symbol;
import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.tests.differential.Cases;

/** Runs every differential case on the machine and prints what came out, a line a result. */
public final class DifferentialPayload {
    /** The symbol at which the payload starts. */
    public static final String START = "k23_differential_start";

    private static final String MAIN = "k23_differential_main";
    private static final String ATTEMPT = "k23_differential_attempt";
    private static final String CASE = "k23_differential_case";

    private DifferentialPayload() {}

    /** The payload's first instruction. */
    @Template(START)
    static void start(Assembler a) {
        BareMachine.start(a, MAIN);
    }

    /** Calls {@link #runCase} such that a trap in it comes back. */
    @Template(ATTEMPT)
    static void attempt(Assembler a) {
        BareMachine.attempt(a, CASE);
    }

    @Symbol(ATTEMPT)
    private static native long attempt(int which, long a, long b);

    /** Prints {@code =result} or {@code !offset of the trapped instruction} for each trial. */
    @Symbol(MAIN)
    static void main() {
        BareMachine.freeObjects();
        for (int which = 0; which < Cases.COUNT; which++) {
            for (int i = 0; i < Cases.inputs(which); i++) {
                for (int j = 0; j < Cases.inputs(which); j++) {
                    long result = attempt(which, Cases.input(which, i),
                            Cases.input(which, j));
                    BareMachine.report(result);
                    BareMachine.clearObjects();
                }
            }
        }
        BareMachine.print("done\n");
    }

    /** The case that {@link #attempt(int, long, long)} calls. */
    @Symbol(CASE)
    static long runCase(int which, long a, long b) {
        return Cases.run(which, a, b);
    }
}
