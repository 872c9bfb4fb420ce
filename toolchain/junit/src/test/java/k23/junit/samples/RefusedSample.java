package k23.junit.samples;

import k23.junit.KernelTest;
import k23.junit.guest.Check;

/** A test that is Java, but not the dialect. */
final class RefusedSample {
    private RefusedSample() {}

    @KernelTest
    static void usesTheLibrary() {
        Check.equal(12, System.nanoTime());
    }
}
