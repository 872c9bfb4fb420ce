import k23.sdk.Entry;
import k23.sdk.Log;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.PerHart;
import k23.sdk.riscv.Hart;
import k23.sdk.word.Address;

/** Ends only when every hart has entered with its own id, block and stack. */
final class EveryHart {
    private static final int MOST_HARTS = 64;
    private static final int PRESENT = 100;

    private static final long[] SEEN = new long[MOST_HARTS];
    private static final long[] STACKS = new long[MOST_HARTS];

    @Entry(harts = 0)
    static void main(int hart, BootInfo boot) {
        STACKS[hart] = PerHart.current().stackBottom();
        Hart.fence();
        SEEN[hart] = PerHart.current().hartId() + PRESENT;
        while (hart != boot.bootHart()) {
            Hart.waitForInterrupt();
        }
        while (present() < boot.hartCount()) {
            Hart.fence();
        }
        for (int i = 0; i < MOST_HARTS; i++) {
            if (SEEN[i] != 0) {
                Log.info("hart " + i + " on " + new Address(STACKS[i]));
            }
        }
        Log.info("harts: " + boot.hartCount());
    }

    private static int present() {
        int count = 0;
        for (int i = 0; i < MOST_HARTS; i++) {
            count += SEEN[i] == i + PRESENT ? 1 : 0;
        }
        return count;
    }
}
