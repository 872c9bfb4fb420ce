package k23.sdk.devicetree;

import k23.sdk.word.Span;

/**
 * One node of a checked device tree.
 *
 * @param tree the tree
 * @param at   where the node's name starts in the structure block; -1 for no node
 */
public record Node(DeviceTree tree, long at) {
    /** No node. */
    public static final Node NONE = new Node(DeviceTree.of(Span.EMPTY), -1);

    /** Whether this is no node. */
    public boolean isNone() {
        return at < 0;
    }

    /** Whether the node's name is {@code name}, or that with a unit address behind it. */
    public boolean isNamed(String name) {
        if (!tree.structure().hasText(at, name)) {
            return false;
        }
        int next = tree.structure().getUnsignedByte(at + name.length());
        return next == 0 || next == '@';
    }

    /** The first child, or none. */
    public Node firstChild() {
        return nodeAt(tree.skipProperties(tree.behindName(at)));
    }

    /** The next child of this node's parent, or none. */
    public Node nextSibling() {
        return nodeAt(tree.behindNode(at));
    }

    private Node nodeAt(long token) {
        return tree.isNodeStart(token) ? new Node(tree, token + DeviceTree.TOKEN_BYTES) : NONE;
    }

    /** The first child whose name is {@code name}, with or without a unit address; or none. */
    public Node child(String name) {
        Node child = firstChild();
        while (!child.isNone() && !child.isNamed(name)) {
            child = child.nextSibling();
        }
        return child;
    }

    /** Whether the node has the property {@code name}. */
    public boolean has(String name) {
        return tree.findProperty(at, name) >= 0;
    }

    /** The value of the property {@code name}; empty when there is no such property. */
    public Span property(String name) {
        long property = tree.findProperty(at, name);
        return property < 0 ? Span.EMPTY : tree.propertyValue(property);
    }

    /** The 32-bit value of a property; {@code otherwise} when it is absent or shorter. */
    public int number(String name, int otherwise) {
        Span value = property(name);
        return value.length() < 4 ? otherwise : value.getBigEndianInt(0);
    }

    /** The value of a property of one or two cells; {@code otherwise} when it has neither size. */
    public long wideNumber(String name, long otherwise) {
        Span value = property(name);
        return value.length() == 4 ? value.getBigEndianInt(0) & 0xffffffffL
                : value.length() == 8 ? cells(value, 0, 2) : otherwise;
    }

    /** Whether one of the strings in the property {@code compatible} is {@code what}. */
    public boolean isCompatible(String what) {
        return hasString("compatible", what);
    }

    /** Whether one of the strings in the property {@code name} is {@code text}. */
    public boolean hasString(String name, String text) {
        Span list = property(name);
        long start = 0;
        for (long i = 0; i < list.length(); i++) {
            if (list.getUnsignedByte(i) == 0) {
                if (i - start == text.length() && list.hasText(start, text)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    /** The node's name, with its unit address. */
    public Span name() {
        long end = at;
        while (tree.structure().getUnsignedByte(end) != 0) {
            end++;
        }
        return tree.structure().slice(at, end - at);
    }

    /** The number of entries of the {@code reg} property that {@link #registers} can read. */
    public int registerCount(Node parent) {
        return rangeCount("reg", parent);
    }

    /**
     * Entry {@code index} of the {@code reg} property; how many cells it has {@code parent} says
     * in {@code #address-cells} and {@code #size-cells}. The addresses are those of the bus;
     * {@link #physicalRegisters} gives those of memory.
     */
    public Range registers(Node parent, int index) {
        return range("reg", parent, index);
    }

    /**
     * Entry {@code index} of the {@code reg} property as harts see it, translated by every bus
     * above (Devicetree Specification 0.4, section 2.3.8).
     *
     * @return {@link Range#NONE} where a bus maps nothing there, or only a part of it
     */
    public Range physicalRegisters(int index) {
        Node bus = parent();
        if (bus.isNone()) {
            return Range.NONE;
        }
        Range range = registers(bus, index);
        Node above = bus.parent();
        while (!above.isNone() && range.length() != 0) {
            range = bus.translated(range, above);
            bus = above;
            above = bus.parent();
        }
        return range.length() == 0 ? Range.NONE : range;
    }

    /** A range of this bus as {@code above}, its parent, sees it. */
    private Range translated(Range range, Node above) {
        if (!has("ranges")) {
            return Range.NONE;
        }
        Span map = property("ranges");
        if (map.length() == 0) {
            return range;
        }
        int own = number("#address-cells", 2);
        int others = above.number("#address-cells", 2);
        int sizes = number("#size-cells", 1);
        if (own < 1 || own > 2 || others < 1 || others > 2 || sizes < 1 || sizes > 2) {
            return Range.NONE;
        }
        long entry = 4L * (own + others + sizes);
        for (long at = 0; map.contains(at, entry); at += entry) {
            long offset = range.start() - cells(map, at, own);
            long there = cells(map, at + 4L * own, others);
            long length = cells(map, at + 4L * (own + others), sizes);
            if (Long.compareUnsigned(offset, length) < 0
                    && Long.compareUnsigned(range.length(), length - offset) <= 0) {
                return new Range(there + offset, range.length());
            }
        }
        return Range.NONE;
    }

    /** The node above this one, or none. It is looked for from the root on. */
    public Node parent() {
        Node parent = NONE;
        Node node = tree.root();
        while (node.at != at) {
            if (node.isNone()) {
                return NONE;
            }
            parent = node;
            node = node.firstChild();
            while (!node.isNone() && tree.behindNode(node.at) <= at) {
                node = node.nextSibling();
            }
        }
        return parent;
    }

    /** The number of entries of the property {@code name} that {@link #range} can read. */
    public int rangeCount(String name, Node parent) {
        int cells = parent.number("#address-cells", 2) + parent.number("#size-cells", 1);
        return cells < 1 || cells > 4 ? 0 : (int) (property(name).length() / (4L * cells));
    }

    /** Entry {@code index} of a property that is a list of ranges, as {@code reg} is. */
    public Range range(String name, Node parent, int index) {
        int addressCells = parent.number("#address-cells", 2);
        int sizeCells = parent.number("#size-cells", 1);
        if (addressCells < 1 || addressCells > 2 || sizeCells < 0 || sizeCells > 2) {
            return Range.NONE;
        }
        Span value = property(name);
        long entry = 4L * (addressCells + sizeCells);
        if (!value.contains(index * entry, entry)) {
            return Range.NONE;
        }
        return new Range(cells(value, index * entry, addressCells),
                cells(value, index * entry + 4L * addressCells, sizeCells));
    }

    private static long cells(Span value, long at, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number = number << 32 | value.getBigEndianInt(at + 4L * i) & 0xffffffffL;
        }
        return number;
    }
}
