import k23.sdk.Entry;
import k23.sdk.Log;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.riscv.Sbi;
import k23.sdk.word.Address;

/** The smallest payload that tells what it was handed; then the machine ends with status 0. */
public final class BootPayload {
    private BootPayload() {}

    @Entry(stackBytes = 32 << 10, harts = 1)
    static void main(int hart, BootInfo boot) {
        long total = 0;
        long usable = 0;
        for (long i = 0; i < boot.regionCount(); i++) {
            MemoryRegion region = boot.region(i);
            total += region.length();
            usable += region.kind() == MemoryRegion.USABLE ? region.length() : 0;
        }
        Log.info("payload: hart " + hart + ", boot hart " + boot.bootHart() + " of "
                + boot.hartCount());
        Log.info("payload: " + (total >> 20) + " MiB, usable " + (usable >> 20) + " MiB");
        Log.info("payload: bundle " + boot.bundleBytes() + " bytes, arguments "
                + boot.bootArgumentsBytes() + ", clock " + boot.timebaseHertz());
        Log.info("payload: at " + boot.payloadStart() + ", seed "
                + new Address(boot.seed0() ^ boot.seed3()));
        Sbi.shutdown();
    }
}
