package k23.loader;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import k23.sdk.devicetree.DeviceTree;
import k23.sdk.sim.Machine;

/** Writes a device tree, node by node, as the loader finds one in memory. */
public final class TestTree {
    private final ByteArrayOutputStream structure = new ByteArrayOutputStream();
    private final ByteArrayOutputStream strings = new ByteArrayOutputStream();
    private final ByteArrayOutputStream reservations = new ByteArrayOutputStream();

    /** A tree whose root node is open; addresses and sizes take two cells. */
    public static TestTree root() {
        return new TestTree().open("").with("#address-cells", 2).with("#size-cells", 2);
    }

    private static byte[] cells(int... cells) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * cells.length);
        for (int cell : cells) {
            buffer.putInt(cell);
        }
        return buffer.array();
    }

    private static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    /** Opens a node. */
    public TestTree open(String name) {
        structure.writeBytes(cells(1));
        return padded(text(name));
    }

    private TestTree padded(byte[] bytes) {
        structure.writeBytes(bytes);
        structure.writeBytes(new byte[-bytes.length & 3]);
        return this;
    }

    /** Closes the last node that was opened. */
    public TestTree close() {
        structure.writeBytes(cells(2));
        return this;
    }

    /** A property. */
    public TestTree with(String name, byte[] value) {
        structure.writeBytes(cells(3, value.length, strings.size()));
        strings.writeBytes(text(name));
        return padded(value);
    }

    /** A property of numbers. */
    public TestTree with(String name, int... cells) {
        return with(name, cells(cells));
    }

    /** Strings with zeros between are a list. */
    public TestTree with(String name, String text) {
        return with(name, text(text));
    }

    /** A memory node of below 4 GiB. */
    public TestTree memory(int start, int bytes) {
        return open("memory@" + Integer.toHexString(start)).with("device_type", "memory")
                .with("reg", 0, start, 0, bytes).close();
    }

    /** The node of a hart, to be closed. */
    public TestTree cpu(int id) {
        return open("cpu@" + id).with("device_type", "cpu").with("reg", id);
    }

    /** An entry of the reservation block. */
    TestTree reserve(long start, long bytes) {
        reservations.writeBytes(
                ByteBuffer.allocate(16).putLong(start).putLong(bytes).array());
        return this;
    }

    /** What {@link #boot} puts into memory. */
    public DeviceTree tree() {
        return boot().tree();
    }

    /** Closes the root and puts the tree into the memory of a new machine. */
    Firmware boot() {
        close();
        structure.writeBytes(cells(9));
        reservations.writeBytes(new byte[16]);
        int structureAt = 40 + reservations.size();
        int stringsAt = structureAt + structure.size();
        var tree = new ByteArrayOutputStream();
        tree.writeBytes(cells(0xd00dfeed, stringsAt + strings.size(), structureAt, stringsAt, 40,
                17, 16, 0, strings.size(), structure.size()));
        tree.writeBytes(reservations.toByteArray());
        tree.writeBytes(structure.toByteArray());
        tree.writeBytes(strings.toByteArray());
        return Firmware.at(Machine.reset().allocate(tree.toByteArray()).start().value());
    }
}
