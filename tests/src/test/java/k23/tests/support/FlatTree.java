package k23.tests.support;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A flattened device tree (Devicetree Specification 0.4, chapter 5) to be read and changed. */
public final class FlatTree {
    private static final int BEGIN_NODE = 1;
    private static final int END_NODE = 2;
    private static final int PROPERTY = 3;
    private static final int NOTHING = 4;
    private static final int END = 9;

    /** A node, its properties and its children. */
    public static final class Node {
        private final String name;
        private final Map<String, byte[]> properties = new LinkedHashMap<>();
        private final List<Node> children = new ArrayList<>();

        private Node(String name) {
            this.name = name;
        }

        /** The child with this name, unit address included; a new one where there is none. */
        public Node child(String childName) {
            return children.stream().filter(c -> c.name.equals(childName)).findFirst()
                    .orElseGet(() -> {
                        Node child = new Node(childName);
                        children.add(child);
                        return child;
                    });
        }

        /** Takes a child away. */
        public Node without(String childName) {
            children.removeIf(c -> c.name.equals(childName));
            return this;
        }

        /** Sets a property to a text; zeros in it are between the strings of a list. */
        public Node with(String property, String text) {
            properties.put(property, (text + "\0").getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        /** Sets a property to numbers of two cells each. */
        public Node with(String property, long... numbers) {
            ByteBuffer value = ByteBuffer.allocate(8 * numbers.length);
            for (long number : numbers) {
                value.putLong(number);
            }
            properties.put(property, value.array());
            return this;
        }

        /** Sets a property to one cell. */
        public Node withCell(String property, int number) {
            properties.put(property, ByteBuffer.allocate(4).putInt(number).array());
            return this;
        }

        /** Takes a property away. */
        public Node withoutProperty(String property) {
            properties.remove(property);
            return this;
        }
    }

    private final List<long[]> reservations = new ArrayList<>();
    private Node root;

    private FlatTree() {}

    /** The tree in {@code bytes}. */
    public static FlatTree of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        FlatTree tree = new FlatTree();
        for (int at = in.getInt(16); in.getLong(at) != 0 || in.getLong(at + 8) != 0; at += 16) {
            tree.reservations.add(new long[] {in.getLong(at), in.getLong(at + 8)});
        }
        int strings = in.getInt(12);
        in.position(in.getInt(8));
        List<Node> open = new ArrayList<>();
        for (int token = in.getInt(); token != END; token = in.getInt()) {
            switch (token) {
                case BEGIN_NODE -> {
                    Node node = new Node(text(in, in.position()));
                    in.position(in.position() + node.name.length() + 4 & -4);
                    if (open.isEmpty()) {
                        tree.root = node;
                    } else {
                        open.getLast().children.add(node);
                    }
                    open.add(node);
                }
                case END_NODE -> open.removeLast();
                case PROPERTY -> {
                    byte[] value = new byte[in.getInt()];
                    String name = text(in, strings + in.getInt());
                    in.get(value);
                    in.position(in.position() + 3 & -4);
                    open.getLast().properties.put(name, value);
                }
                case NOTHING -> { }
                default -> throw new IllegalArgumentException("token " + token);
            }
        }
        return tree;
    }

    private static String text(ByteBuffer in, int at) {
        int end = at;
        while (in.get(end) != 0) {
            end++;
        }
        return new String(in.array(), at, end - at, StandardCharsets.US_ASCII);
    }

    /** The root node. */
    public Node root() {
        return root;
    }

    /** Adds an entry to the reservation block. */
    public FlatTree reserve(long start, long bytes) {
        reservations.add(new long[] {start, bytes});
        return this;
    }

    /** The tree as a file. */
    public byte[] bytes() {
        var structure = new ByteArrayOutputStream();
        var strings = new ByteArrayOutputStream();
        write(root, structure, strings);
        cell(structure, END);
        int structureAt = 40 + 16 * (reservations.size() + 1);
        int stringsAt = structureAt + structure.size();
        ByteBuffer out = ByteBuffer.allocate(stringsAt + strings.size());
        for (int word : new int[] {0xd00dfeed, out.capacity(), structureAt, stringsAt, 40, 17, 16,
            0, strings.size(), structure.size()}) {
            out.putInt(word);
        }
        reservations.forEach(r -> out.putLong(r[0]).putLong(r[1]));
        return out.putLong(0).putLong(0).put(structure.toByteArray())
                .put(strings.toByteArray()).array();
    }

    private static void write(Node node, ByteArrayOutputStream structure,
            ByteArrayOutputStream strings) {
        cell(structure, BEGIN_NODE);
        padded(structure, (node.name + "\0").getBytes(StandardCharsets.US_ASCII));
        node.properties.forEach((name, value) -> {
            cell(structure, PROPERTY);
            cell(structure, value.length);
            cell(structure, strings.size());
            padded(structure, value);
            strings.writeBytes((name + "\0").getBytes(StandardCharsets.US_ASCII));
        });
        node.children.forEach(child -> write(child, structure, strings));
        cell(structure, END_NODE);
    }

    private static void cell(ByteArrayOutputStream out, int number) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(number).array());
    }

    private static void padded(ByteArrayOutputStream out, byte[] bytes) {
        out.writeBytes(bytes);
        out.writeBytes(new byte[-bytes.length & 3]);
    }
}
