package k23.runtime;

import k23.kernel.Kernel;
import k23.kernel.Power;
import k23.runtime.program.Programs;
import k23.sdk.Entry;
import k23.sdk.NoFpu;
import k23.sdk.boot.BootInfo;

/** The payload of a k23 image: kernel and WASM runtime in one. */
public final class K23 {
    private static final int STACK_BYTES = 256 << 10;

    private K23() {}

    /** Runs the image's programs and powers off with their status. */
    @NoFpu
    @Entry(stackBytes = STACK_BYTES, harts = 1, regionBytes = 0)
    static void main(int hart, BootInfo boot) {
        Programs.limitLog(boot.bundle());
        Kernel.start(hart, boot);
        Power.off(Programs.run(boot.bundle()));
    }
}
