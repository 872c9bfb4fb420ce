/**
 * Reading the flattened device tree that firmware hands over (Devicetree Specification 0.4,
 * chapter 5), in place and without allocation.
 *
 * {@snippet :
 * DeviceTree tree = DeviceTree.at(Address.of(fdt));
 * if (tree.check() == DeviceTreeProblem.NONE) {
 *     Node uart = tree.findCompatible("ns16550a", Node.NONE);
 *     Range registers = uart.physicalRegisters(0);
 * }
 * }
 */
package k23.sdk.devicetree;
