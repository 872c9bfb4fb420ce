import k23.sdk.Entry;
import k23.sdk.Log;
import k23.sdk.Paging;
import k23.sdk.RawAccessAllowed;
import k23.sdk.TestDevice;
import k23.sdk.boot.BootInfo;
import k23.sdk.boot.MemoryRegion;
import k23.sdk.boot.PerHart;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Hart;
import k23.sdk.riscv.IsaExtension;
import k23.sdk.word.Address;
import k23.sdk.word.Mmio;

/** Says what the loader says of the machine, once every hart runs as the loader says it does. */
@RawAccessAllowed(reason = "it tells which page table the hart runs on")
final class MachineReport {
    private static final int MOST_HARTS = 64;

    private static final long[] SATP = new long[MOST_HARTS];

    private MachineReport() {}

    @Entry(harts = 0, paging = {Paging.SV57, Paging.SV48, Paging.SV39})
    static void main(int hart, BootInfo boot) {
        int index = 0;
        while (boot.hart(index).id() != hart) {
            index++;
        }
        if (PerHart.current().base().value() != boot.hart(index).block().value()) {
            throw new IllegalStateException("a hart with a block that is not its own");
        }
        SATP[index] = Csr.read(Csr.SATP);
        Hart.fence();
        while (index != 0) {
            Hart.waitForInterrupt();
        }
        for (int i = 0; i < boot.enteringHarts(); i++) {
            while (SATP[i] == 0) {
                Hart.fence();
            }
            if (SATP[i] != SATP[0]) {
                throw new IllegalStateException("a hart with another page table");
            }
        }
        report(boot);
        new TestDevice(new Mmio(Csr.read(Csr.SSCRATCH))).end(0);
    }

    private static void report(BootInfo boot) {
        Log.info("mode " + boot.pagingBits() + " of " + boot.machinePagingBits() + ", satp "
                + (SATP[0] >>> 60));
        Log.begin("info");
        Log.print("harts");
        for (int i = 0; i < boot.hartCount(); i++) {
            Log.print(" " + boot.hart(i).id());
        }
        Log.end();
        Log.begin("info");
        Log.print("isa");
        for (int i = 0; i < IsaExtension.count(); i++) {
            if (boot.isaExtensions().has(IsaExtension.at(i))) {
                Log.print(" ");
                Log.print(IsaExtension.at(i).specName());
            }
        }
        Log.end();
        for (int i = 0; i < boot.regionCount(); i++) {
            MemoryRegion region = boot.region(i);
            Log.info("region " + region.start() + " to " + region.end() + " kind "
                    + region.kind());
            if (region.kind() == MemoryRegion.USABLE) {
                touch(boot.mapped(region.end()).plus(-8));
            }
        }
    }

    private static void touch(Address last) {
        last.putLong(0, 23);
        if (last.getLong(0) != 23) {
            throw new IllegalStateException("no memory at the end of a region");
        }
    }
}
