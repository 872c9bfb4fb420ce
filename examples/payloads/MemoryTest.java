import k23.sdk.Entry;
import k23.sdk.Log;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.riscv.Hart;
import k23.sdk.word.Address;

/**
 * Writes every word of the memory that the loader left free, and reads it back: each hart a share
 * of every region.
 */
final class MemoryTest {
    private static final int WORD_BYTES = 8;
    private static final int MOST_HARTS = 64;
    /** Knuth's multiplier: neighbouring words get patterns that differ in every byte. */
    private static final long MULTIPLIER = 6364136223846793005L;

    private static final boolean[] STARTED = new boolean[MOST_HARTS];
    private static final boolean[] FINISHED = new boolean[MOST_HARTS];
    private static final long[] WRONG = new long[MOST_HARTS];

    @Entry(harts = 0)
    static void main(int hart, BootInfo boot) {
        STARTED[hart] = true;
        await(STARTED, boot.hartCount());
        WRONG[hart] = test(boot, rank(hart));
        Hart.fence();
        FINISHED[hart] = true;
        while (hart != boot.bootHart()) {
            Hart.waitForInterrupt();
        }
        await(FINISHED, boot.hartCount());
        report(boot);
    }

    private static void await(boolean[] harts, long wanted) {
        while (count(harts, MOST_HARTS) < wanted) {
            Hart.fence();
        }
    }

    private static int count(boolean[] harts, int end) {
        int count = 0;
        for (int i = 0; i < end; i++) {
            count += harts[i] ? 1 : 0;
        }
        return count;
    }

    /** How many harts there are with smaller ids: ids may have gaps. */
    private static int rank(int hart) {
        return count(STARTED, hart);
    }

    private static long test(BootInfo boot, int rank) {
        long wrong = 0;
        for (long i = 0; i < boot.regionCount(); i++) {
            MemoryRegion region = boot.region(i);
            if (region.kind() == MemoryRegion.USABLE) {
                long words = region.length() / WORD_BYTES;
                long from = words * rank / boot.hartCount() * WORD_BYTES;
                long to = words * (rank + 1) / boot.hartCount() * WORD_BYTES;
                Address start = boot.mapped(region.start());
                fill(start, from, to);
                wrong += check(start, from, to);
            }
        }
        return wrong;
    }

    private static void fill(Address start, long from, long to) {
        for (long at = from; at < to; at += WORD_BYTES) {
            start.putLong(at, (at + 1) * MULTIPLIER);
        }
    }

    private static long check(Address start, long from, long to) {
        long wrong = 0;
        for (long at = from; at < to; at += WORD_BYTES) {
            if (start.getLong(at) != (at + 1) * MULTIPLIER) {
                wrong++;
            }
        }
        return wrong;
    }

    private static void report(BootInfo boot) {
        long tested = 0;
        long wrong = 0;
        for (long i = 0; i < boot.regionCount(); i++) {
            MemoryRegion region = boot.region(i);
            if (region.kind() == MemoryRegion.USABLE) {
                tested += region.length();
                Log.info(region.start() + ": " + (region.length() >> 10) + " KiB");
            }
        }
        for (int i = 0; i < MOST_HARTS; i++) {
            wrong += WRONG[i];
        }
        if (wrong != 0) {
            throw new IllegalStateException("memory does not hold what was written");
        }
        Log.info("memory test: " + (tested >> 20) + " MiB are good, said "
                + boot.hartCount() + " harts");
    }
}
