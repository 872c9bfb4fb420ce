package k23.sdk.devicetree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import k23.sdk.sim.Machine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Buses within buses, with cells of different widths: what a device's registers are to the harts
 * (Devicetree Specification 0.4, section 2.3.8).
 */
class BusTest {
    private DeviceTree tree;

    private static TreeWriter open(TreeWriter tree, String name, int addressCells, int sizeCells) {
        return tree.open(name).property("#address-cells", TreeWriter.cells(addressCells))
                .property("#size-cells", TreeWriter.cells(sizeCells));
    }

    private static void device(TreeWriter tree, String name, int... registers) {
        tree.open(name).property("compatible", TreeWriter.text(name))
                .property("reg", TreeWriter.cells(registers)).close();
    }

    @BeforeEach
    void write() {
        TreeWriter writer = new TreeWriter();
        open(writer, "", 2, 2);
        device(writer, "on-root", 1, 0x2000, 0, 0x30);
        open(writer, "soc", 2, 2).property("ranges", new byte[0]);
        device(writer, "one-to-one", 0, 0x1000_0000, 0, 0x100, 0, 0x1000_1000, 0, 0x80);
        // One cell of address and size: two windows, the second one above 4 GiB.
        open(writer, "narrow", 1, 1).property("ranges", TreeWriter.cells(
                0x0, 0, 0x4000_0000, 0x1_0000,
                0x8000_0000, 0x12, 0x3000_0000, 0x1000));
        device(writer, "first-window", 0x200, 0x10);
        device(writer, "second-window", 0x8000_0ff0, 0x10);
        device(writer, "beyond-window", 0x8000_0ff0, 0x11);
        device(writer, "between-windows", 0x7000_0000, 0x10);
        device(writer, "around-zero", 0xffff_fff0, 0x20);
        // Behind two buses that both translate.
        open(writer, "inner", 1, 1).property("ranges", TreeWriter.cells(
                0x10, 0x8000_0100, 0x20));
        device(writer, "twice", 0x18, 8);
        device(writer, "below-inner", 0x8, 8);
        writer.close().close();
        // No ranges: its addresses mean nothing to the harts.
        open(writer, "serial-bus", 1, 0);
        device(writer, "sensor", 0x48);
        writer.close();
        open(writer, "closed", 2, 2);
        device(writer, "unreachable", 0, 0x5000, 0, 0x100);
        writer.close();
        // Three cells of address, as PCI has.
        open(writer, "pci", 3, 2).property("ranges", TreeWriter.cells(
                0x0200_0000, 0, 0x4000_0000, 0, 0x4000_0000, 0, 0x4000_0000));
        device(writer, "card", 0, 0, 0, 0, 0);
        writer.close();
        // A map that is cut off has no entry.
        open(writer, "cut", 2, 2).property("ranges", TreeWriter.cells(0, 0, 0, 0, 0));
        device(writer, "behind-cut", 0, 0, 0, 0x10);
        writer.close().close().close();
        tree = DeviceTree.at(Machine.reset().allocate(writer.finish()).start());
        assertEquals(DeviceTreeProblem.NONE, tree.check());
    }

    private Node find(String device) {
        return tree.findCompatible(device, Node.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "on-root, 0x100002000, 0x30",
        "one-to-one, 0x10000000, 0x100",
        "first-window, 0x40000200, 0x10",
        "second-window, 0x1230000ff0, 0x10",
        "twice, 0x1230000108, 8",
    })
    void translates(String device, String start, String length) {
        assertEquals(new Range(Long.decode(start), Long.decode(length)),
                find(device).physicalRegisters(0));
    }

    @Test
    void translatesEveryEntry() {
        assertEquals(new Range(0x1000_1000, 0x80), find("one-to-one").physicalRegisters(1));
        assertEquals(Range.NONE, find("one-to-one").physicalRegisters(2));
    }

    @ParameterizedTest
    @CsvSource({"beyond-window", "between-windows", "around-zero", "below-inner", "unreachable",
        "sensor", "card", "behind-cut"})
    void isNothingWhereABusMapsNothing(String device) {
        assertEquals(Range.NONE, find(device).physicalRegisters(0));
    }

    @Test
    void findsParents() {
        assertTrue(tree.root().parent().isNone());
        assertEquals(Range.NONE, tree.root().physicalRegisters(0));
        assertEquals(tree.root().child("soc"), find("one-to-one").parent());
        assertTrue(find("twice").parent().isNamed("inner"));
        assertTrue(find("twice").parent().parent().isNamed("narrow"));
        assertTrue(find("sensor").parent().isNamed("serial-bus"));
        assertEquals(tree.root(), find("on-root").parent());
    }
}
