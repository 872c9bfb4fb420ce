package k23.tests.jdk;

import k23.sdk.Symbol;
import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.tests.bare.BareMachine;

/** Runs every one of {@link LibraryCases} on every pair of seeds. */
public final class LibraryPayload {
    /** The symbol at which the payload starts. */
    public static final String START = "k23_library_start";

    private static final String MAIN = "k23_library_main";
    private static final String ATTEMPT = "k23_library_attempt";
    private static final String CASE = "k23_library_case";

    private LibraryPayload() {}

    /** The payload's first instruction. */
    @Template(START)
    static void start(Assembler a) {
        BareMachine.start(a, MAIN);
    }

    /** Calls a method such that a trap in it comes back. */
    @Template(ATTEMPT)
    static void attempt(Assembler a) {
        BareMachine.attempt(a, CASE);
    }

    @Symbol(ATTEMPT)
    private static native long attempt(int which, int i, int j);

    /** The case that {@link #attempt} calls. */
    @Symbol(CASE)
    static long runCase(int which, int i, int j) {
        return LibraryCases.run(which, i, j);
    }

    /** Prints how each call ended. */
    @Symbol(MAIN)
    static void main() {
        BareMachine.freeObjects();
        for (int which = 0; which < LibraryCases.COUNT; which++) {
            for (int i = 0; i < LibraryCases.SEEDS; i++) {
                for (int j = 0; j < LibraryCases.SEEDS; j++) {
                    BareMachine.report(attempt(which, i, j));
                    BareMachine.clearObjects();
                }
            }
        }
        BareMachine.print("done\n");
    }
}
