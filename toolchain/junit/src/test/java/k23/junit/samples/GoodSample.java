package k23.junit.samples;

import k23.junit.KernelTest;
import k23.junit.guest.Check;
import k23.kernel.Power;
import k23.sdk.Log;
import k23.sdk.boot.BootInfo;

/** Tests that pass, in every way in which one can. */
final class GoodSample {
    private static int zero;
    private static int entered;

    private GoodSample() {}

    @KernelTest
    static void returns() {
        Check.that(zero == 0, "zero is 0");
    }

    @KernelTest(kernel = false)
    static void returnsWithoutTheKernel() {
        Check.equal(0, zero);
    }

    @KernelTest(kernel = false, harts = 2, memoryMib = 64)
    static void seesItsMachine(int hart, BootInfo boot) {
        Check.equal(2, boot.hartCount());
        Check.equal(hart, boot.bootHart());
    }

    @KernelTest(panic = "division by zero")
    static void panics() {
        Log.info("one over zero is " + 1 / zero);
    }

    @KernelTest(kernel = false, panic = "division by zero",
            console = "at GoodSample.panicsWithoutTheKernel(GoodSample.java:")
    static void panicsWithoutTheKernel() {
        Log.info("one over zero is " + 1 / zero);
    }

    @KernelTest(status = 42)
    static void endsTheMachine() {
        Power.off(42);
    }

    /** Nothing that a test does is seen by another, although one image holds both. */
    @KernelTest
    static void isAloneOnce() {
        entered++;
        Check.equal(1, entered);
    }

    @KernelTest
    static void isAloneAgain() {
        entered++;
        Check.equal(1, entered);
    }

    @KernelTest(kernel = false, harts = 2, everyHart = true)
    static void everyHartRuns(int hart, BootInfo boot) {
        if (hart == boot.bootHart()) {
            while (EveryHart.others() == 0) {
                k23.sdk.riscv.Hart.fence();
            }
        } else {
            EveryHart.arrived();
        }
    }
}
