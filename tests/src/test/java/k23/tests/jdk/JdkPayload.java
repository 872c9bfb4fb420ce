package k23.tests.jdk;

import k23.sdk.Symbol;
import k23.sdk.Template;
import k23.sdk.asm.Assembler;
import k23.tests.bare.BareMachine;

/** Calls every method of {@link JdkMethods}'s class on every pair of inputs. */
public final class JdkPayload {
    /** The symbol at which the payload starts. */
    public static final String START = "k23_jdk_start";

    private static final String MAIN = "k23_jdk_main";
    private static final String ATTEMPT = "k23_jdk_attempt";

    private JdkPayload() {}

    /** The payload's first instruction. */
    @Template(START)
    static void start(Assembler a) {
        BareMachine.start(a, MAIN);
    }

    /** Calls a method such that a trap in it comes back. */
    @Template(ATTEMPT)
    static void attempt(Assembler a) {
        BareMachine.attempt(a, JdkMethods.RUN);
    }

    @Symbol(ATTEMPT)
    private static native long attempt(int which, int i, int j);

    @Symbol(JdkMethods.COUNT)
    private static native int count();

    /** Prints how each call ended. */
    @Symbol(MAIN)
    static void main() {
        BareMachine.freeObjects();
        int count = count();
        for (int which = 0; which < count; which++) {
            for (int i = 0; i < JdkInputs.COUNT; i++) {
                for (int j = 0; j < JdkInputs.COUNT; j++) {
                    BareMachine.report(attempt(which, i, j));
                    BareMachine.clearObjects();
                }
            }
        }
        BareMachine.print("done\n");
    }
}
