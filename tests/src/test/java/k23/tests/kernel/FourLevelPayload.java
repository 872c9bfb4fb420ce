package k23.tests.kernel;

import k23.sdk.Entry;
import k23.sdk.Paging;
import k23.sdk.boot.BootInfo;

/** {@link KernelPayload} on Sv48. */
public final class FourLevelPayload {
    private FourLevelPayload() {}

    @Entry(stackBytes = 64 << 10, harts = 1, paging = Paging.SV48)
    static void main(int hart, BootInfo boot) {
        KernelPayload.main(hart, boot);
    }
}
