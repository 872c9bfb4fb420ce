package k23.kernel.device;

import k23.kernel.memory.PhysicalMap;
import k23.sdk.NoAllocation;
import k23.sdk.devicetree.DeviceTree;
import k23.sdk.devicetree.Node;
import k23.sdk.devicetree.Range;
import k23.sdk.word.PhysAddress;

/** The devices of this machine that the kernel drives. */
public final class Devices {
    private static ConsolePort input;
    private static ConsolePort output;

    private Devices() {}

    /** The registers of the first device that is compatible with {@code what}; length 0: none. */
    @NoAllocation
    public static Range find(DeviceTree tree, String what) {
        Node node = tree.findCompatible(what, Node.NONE);
        return node.isNone() ? Range.NONE : registers(node);
    }

    @NoAllocation
    private static Range registers(Node node) {
        Range range = node.physicalRegisters(0);
        return PhysicalMap.contains(new PhysAddress(range.start()), range.length())
                ? range : Range.NONE;
    }

    /** Looks for the console and opens its ports. */
    public static void start(DeviceTree tree) {
        input = null;
        output = null;
        Node node = tree.findCompatible("virtio,mmio", Node.NONE);
        while (!node.isNone() && input == null && output == null) {
            Range range = registers(node);
            if (range.length() != 0) {
                open(new VirtioDevice(PhysicalMap.device(new PhysAddress(range.start()))));
            }
            node = tree.findCompatible("virtio,mmio", node);
        }
    }

    private static void open(VirtioDevice device) {
        if (device.isPresent() && device.type() == VirtioDevice.CONSOLE) {
            VirtioConsole console = VirtioConsole.open(device);
            if (console != null) {
                input = console.port(ConsolePort.STDIN);
                output = console.port(ConsolePort.STDOUT);
            }
        }
    }

    /** The program's standard input; null when the machine has no port for it. */
    public static ConsolePort input() {
        return input;
    }

    /** The program's standard output; null when the machine has no port for it. */
    public static ConsolePort output() {
        return output;
    }
}
