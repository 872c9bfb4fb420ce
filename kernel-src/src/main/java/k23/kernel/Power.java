package k23.kernel;

import k23.kernel.device.Devices;
import k23.kernel.memory.PhysicalMap;
import k23.sdk.NoAllocation;
import k23.sdk.RawAccessAllowed;
import k23.sdk.TestDevice;
import k23.sdk.devicetree.DeviceTree;
import k23.sdk.devicetree.Range;
import k23.sdk.riscv.Csr;
import k23.sdk.riscv.Hart;
import k23.sdk.riscv.Sbi;
import k23.sdk.word.Mmio;
import k23.sdk.word.PhysAddress;

/**
 * Powering off, with an exit code where the machine can give one: through the "sifive,test0"
 * device of virtual machines; real firmware (SBI SRST) knows no codes.
 */
@NoAllocation
@RawAccessAllowed(reason = "SSCRATCH holds what the loader found out")
public final class Power {
    private static TestDevice testDevice = TestDevice.NONE;

    private Power() {}

    /** What the loader left in SSCRATCH serves until there is more: the test device, or 0. */
    static void startEarly() {
        testDevice = new TestDevice(new Mmio(Csr.read(Csr.SSCRATCH)));
    }

    /** Finds out how this machine is powered off. */
    public static void start(DeviceTree tree) {
        Range registers = Devices.find(tree, "sifive,test0");
        if (registers.length() == 0) {
            registers = Devices.find(tree, "sifive,test1");
        }
        testDevice = TestDevice.NONE;
        if (registers.length() != 0) {
            testDevice = new TestDevice(
                    PhysicalMap.device(new PhysAddress(registers.start())));
        }
    }

    /** Powers the machine off for good; never returns. */
    public static void off(int exitCode) {
        testDevice.end(exitCode);
        Sbi.shutdown();
        Hart.halt();
    }
}
