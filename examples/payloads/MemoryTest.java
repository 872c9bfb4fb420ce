import k23.sdk.Entry;
import k23.sdk.Log;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.word.Address;

/** Writes every word of the memory that the loader left free, and reads it back. */
final class MemoryTest {
    private static final int WORD_BYTES = 8;
    /** Knuth's multiplier: neighbouring words get patterns that differ in every byte. */
    private static final long MULTIPLIER = 6364136223846793005L;

    @Entry
    static void main(int hart, BootInfo boot) {
        long tested = 0;
        long wrong = 0;
        for (long i = 0; i < boot.regionCount(); i++) {
            MemoryRegion region = boot.region(i);
            if (region.kind() == MemoryRegion.USABLE) {
                Address start = boot.mapped(region.start());
                fill(start, region.length());
                wrong += check(start, region.length());
                tested += region.length();
                Log.info(region.start() + ": " + (region.length() >> 10) + " KiB");
            }
        }
        if (wrong != 0) {
            throw new IllegalStateException("memory does not hold what was written");
        }
        Log.info("memory test: " + (tested >> 20) + " MiB are good");
    }

    private static void fill(Address start, long bytes) {
        for (long at = 0; at < bytes; at += WORD_BYTES) {
            start.putLong(at, (at + 1) * MULTIPLIER);
        }
    }

    private static long check(Address start, long bytes) {
        long wrong = 0;
        for (long at = 0; at < bytes; at += WORD_BYTES) {
            if (start.getLong(at) != (at + 1) * MULTIPLIER) {
                wrong++;
            }
        }
        return wrong;
    }
}
