package k23.kernel;

import k23.kernel.device.Devices;
import k23.kernel.memory.AddressSpace;
import k23.kernel.memory.Frames;
import k23.kernel.memory.LoaderMemory;
import k23.kernel.memory.PhysicalMap;
import k23.kernel.memory.RegionMemory;
import k23.kernel.trap.Traps;
import k23.sdk.Log;
import k23.sdk.boot.BootInfo;
import k23.sdk.devicetree.DeviceTree;
import k23.sdk.devicetree.DeviceTreeProblem;

/** Brings the kernel up. */
public final class Kernel {
    /** The kernel's own objects: devices and their queues. */
    private static final long REGION_BYTES = 64 << 10;

    private Kernel() {}

    /**
     * Takes the machine over from the loader: afterwards traps are caught, memory can be
     * allocated, {@code new} makes objects that live as long as the kernel, and devices work.
     *
     * @param hart the id of the hart that calls
     * @param boot what the loader says of the machine
     */
    public static void start(int hart, BootInfo boot) {
        Power.startEarly();
        Traps.install();
        check(boot);
        DeviceTree tree = deviceTree(boot);
        PhysicalMap.start(boot);
        Power.start(tree);
        Frames.start(boot);
        Traps.prepareForOverflow();
        LoaderMemory.reclaim(boot);
        AddressSpace.start(boot);
        RegionMemory.allocate(REGION_BYTES).enter();
        Timer.start(boot.timebaseHertz(), tree);
        Entropy.start(boot);
        Devices.start(tree);
        Log.info("kernel: hart " + hart + ", " + (Frames.free() >>> 8) + " MiB free");
    }

    private static void check(BootInfo boot) {
        if (boot.magic() != BootInfo.MAGIC || boot.version() != BootInfo.VERSION) {
            throw new IllegalStateException("not the boot structure that this kernel knows");
        }
    }

    private static DeviceTree deviceTree(BootInfo boot) {
        DeviceTree tree = DeviceTree.of(boot.deviceTreeSpan());
        if (tree.check() != DeviceTreeProblem.NONE) {
            throw new IllegalStateException("malformed device tree");
        }
        return tree;
    }
}
