package k23.junit.samples;

import k23.junit.KernelTest;
import k23.junit.guest.Check;
import k23.kernel.Power;
import k23.sdk.Log;

/** Tests that fail, in every way in which one can. */
final class BadSample {
    private static int zero;

    private BadSample() {}

    @KernelTest
    static void checkFails() {
        Log.info("on the console");
        Check.equal(1, zero);
    }

    @KernelTest(kernel = false)
    static void checkFailsWithoutTheKernel() {
        Check.that(zero != 0, "zero is not 0");
    }

    @KernelTest
    static void panics() {
        Log.info("one over zero is " + 1 / zero);
    }

    @KernelTest(panic = "null reference")
    static void panicsOtherwise() {
        Log.info("one over zero is " + 1 / zero);
    }

    @KernelTest(panic = "null reference")
    static void returnsInsteadOfPanicking() {
    }

    @KernelTest(timeoutSeconds = 2)
    static void hangs() {
        Log.info("waiting for ever");
        while (true) {
            Check.equal(0, zero);
        }
    }

    @KernelTest(console = "something to say")
    static void saysNothing() {
    }

    @KernelTest(status = 3)
    static void endsWithAnotherStatus() {
        Power.off(4);
    }
}
