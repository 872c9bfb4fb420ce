package k23.junit.samples;

import k23.junit.KernelTest;

/** Tests that cannot be. */
final class WrongSample {
    private WrongSample() {}

    @KernelTest(harts = 65)
    static void takesText(String text) {
    }
}
