package k23.loader;

import k23.sdk.Log;
import k23.sdk.TestDevice;
import k23.sdk.devicetree.DeviceTree;
import k23.sdk.devicetree.Node;
import k23.sdk.riscv.Hart;
import k23.sdk.riscv.Sbi;
import k23.sdk.word.Mmio;

/** The end of a boot that failed: a line that says why, and a machine that says so too. */
public final class Stop {
    /** The machine's exit status after a failed boot. */
    public static final int STATUS = 1;

    private static long testDevice;

    private Stop() {}

    /** Remembers the device that can end QEMU with a status, if {@code tree} has one. */
    static void learnFrom(DeviceTree tree) {
        Node node = tree.findCompatible("sifive,test0", Node.NONE);
        if (node.isNone()) {
            node = tree.findCompatible("sifive,test1", Node.NONE);
        }
        testDevice = node.isNone() ? 0 : node.physicalRegisters(0).start();
    }

    /** The physical address of the test device, 0 when there is none. */
    static long testDevice() {
        return testDevice;
    }

    /** Says that {@code what} failed because of {@code why} and stops the machine. */
    static void because(String what, String why) {
        Log.error("loader: " + what + ": " + why);
        now();
    }

    /** Stops the machine with {@link #STATUS}. */
    static void now() {
        new TestDevice(new Mmio(testDevice)).end(STATUS);
        Sbi.shutdown();
        Hart.halt();
    }
}
