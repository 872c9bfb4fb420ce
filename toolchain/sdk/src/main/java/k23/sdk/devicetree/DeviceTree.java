package k23.sdk.devicetree;

import k23.sdk.word.Address;
import k23.sdk.word.Span;

/**
 * A flattened device tree. {@link #check} walks all of it once; only if it finds nothing wrong may
 * nodes be asked for.
 *
 * @param bytes     the whole tree, header included
 * @param structure the structure block; empty where the header tells nonsense
 * @param strings   the strings block; empty where the header tells nonsense
 */
public record DeviceTree(Span bytes, Span structure, Span strings) {
    /** The deepest nesting that is read. */
    public static final int MAX_DEPTH = 32;
    /** The largest tree that is read, in bytes. */
    public static final long MAX_BYTES = 4L << 20;

    static final int TOKEN_BYTES = 4;

    private static final int MAGIC = 0xd00dfeed;
    private static final int HEADER_BYTES = 40;
    private static final int OLDEST_VERSION = 16;
    /** Tokens as they lie in memory, so that reading one takes no change of byte order. */
    private static final int NODE_START = 1 << 24;
    private static final int NODE_END = 2 << 24;
    private static final int PROPERTY = 3 << 24;
    private static final int NOTHING = 4 << 24;
    private static final int END = 9 << 24;
    private static final int PROPERTY_HEADER_BYTES = 12;

    /** The device tree at {@code start}, as long as its header says; empty if it is none. */
    public static DeviceTree at(Address start) {
        if (start.isNull() || !start.isAligned(8)
                || Integer.reverseBytes(start.getInt(0)) != MAGIC) {
            return of(Span.EMPTY);
        }
        long size = Integer.reverseBytes(start.getInt(4)) & 0xffffffffL;
        return of(new Span(start, Math.min(size, MAX_BYTES + 1)));
    }

    /** The device tree in {@code bytes}, header included, whatever they are. */
    public static DeviceTree of(Span bytes) {
        return new DeviceTree(bytes, block(bytes, 8, 36), block(bytes, 12, 32));
    }

    private static Span block(Span bytes, int offsetAt, int sizeAt) {
        if (bytes.length() < HEADER_BYTES) {
            return Span.EMPTY;
        }
        long offset = bytes.getBigEndianInt(offsetAt) & 0xffffffffL;
        long size = bytes.getBigEndianInt(sizeAt) & 0xffffffffL;
        return bytes.contains(offset, size) ? bytes.slice(offset, size) : Span.EMPTY;
    }

    /** The first thing wrong with this tree, or {@link DeviceTreeProblem#NONE}. */
    public DeviceTreeProblem check() {
        if (bytes.length() < HEADER_BYTES || bytes.getBigEndianInt(0) != MAGIC) {
            return DeviceTreeProblem.BAD_MAGIC;
        }
        if (header(4) != bytes.length() || bytes.length() > MAX_BYTES
                || header(20) < OLDEST_VERSION || header(24) > 17) {
            return DeviceTreeProblem.UNSUPPORTED;
        }
        if (!bytes.contains(header(8), header(36)) || !bytes.contains(header(12), header(32))
                || !bytes.contains(header(16), 16) || (header(8) & 3) != 0
                || (header(16) & 7) != 0) {
            return DeviceTreeProblem.BAD_BOUNDS;
        }
        return checkStructure();
    }

    private long header(int offset) {
        return bytes.getBigEndianInt(offset) & 0xffffffffL;
    }

    private DeviceTreeProblem checkStructure() {
        long at = 0;
        int depth = 0;
        boolean rootSeen = false;
        while (structure.contains(at, TOKEN_BYTES)) {
            int token = token(at);
            at += TOKEN_BYTES;
            switch (token) {
                case NODE_START -> {
                    if (depth == MAX_DEPTH) {
                        return DeviceTreeProblem.TOO_DEEP;
                    }
                    if (depth == 0 && rootSeen || !isName(at)) {
                        return DeviceTreeProblem.BAD_STRUCTURE;
                    }
                    rootSeen = true;
                    at = behindName(at);
                    depth++;
                }
                case NODE_END -> {
                    if (--depth < 0) {
                        return DeviceTreeProblem.BAD_STRUCTURE;
                    }
                }
                case PROPERTY -> {
                    if (depth == 0 || !isProperty(at)) {
                        return DeviceTreeProblem.BAD_STRUCTURE;
                    }
                    at = behindProperty(at - TOKEN_BYTES);
                }
                case NOTHING -> { }
                case END -> {
                    return depth == 0 && rootSeen
                            ? DeviceTreeProblem.NONE : DeviceTreeProblem.BAD_STRUCTURE;
                }
                default -> {
                    return DeviceTreeProblem.BAD_STRUCTURE;
                }
            }
        }
        return DeviceTreeProblem.BAD_STRUCTURE;
    }

    /** Whether the name that starts at {@code at} ends where another token may still follow. */
    private boolean isName(long at) {
        for (long i = at; structure.contains(i, TOKEN_BYTES); i += TOKEN_BYTES) {
            if (hasZero(token(i))) {
                return true;
            }
        }
        return false;
    }

    private boolean isProperty(long at) {
        if (!structure.contains(at, PROPERTY_HEADER_BYTES - TOKEN_BYTES)) {
            return false;
        }
        long length = number(at);
        return structure.contains(at + 8, length) && isTerminated(number(at + 4));
    }

    /** Whether the string at {@code from} ends; where the last one does, all do. */
    private boolean isTerminated(long from) {
        long behind = strings.length();
        if (behind != 0 && strings.getUnsignedByte(behind - 1) == 0) {
            return from < behind;
        }
        for (long i = from; i < behind; i++) {
            if (strings.getUnsignedByte(i) == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasZero(int bytes) {
        return (bytes - 0x01010101 & ~bytes & 0x80808080) != 0;
    }

    /** The token behind the name that starts at {@code at}: as a token does, on a word. */
    long behindName(long at) {
        long next = at;
        while (!hasZero(token(next))) {
            next += TOKEN_BYTES;
        }
        return next + TOKEN_BYTES;
    }

    private long behindProperty(long token) {
        long length = number(token + 4);
        return token + PROPERTY_HEADER_BYTES + length + 3 & -TOKEN_BYTES;
    }

    /** A word of the structure block. Trees are read by this, so it tests by itself. */
    private int token(long at) {
        Address place = structure.start().plus(at);
        boolean isInside = (at | structure.length() - TOKEN_BYTES - at) >= 0;
        return isInside && (place.value() & TOKEN_BYTES - 1) == 0
                ? place.getInt(0) : structure.getInt(at);
    }

    /** The word at {@code at} as a number. */
    private long number(long at) {
        return Integer.reverseBytes(token(at)) & 0xffffffffL;
    }

    private long skipNothing(long at) {
        long next = at;
        while (token(next) == NOTHING) {
            next += TOKEN_BYTES;
        }
        return next;
    }

    /** The first token from {@code at} on that is no property. */
    long skipProperties(long at) {
        long next = at;
        while (true) {
            switch (token(next)) {
                case PROPERTY -> next = behindProperty(next);
                case NOTHING -> next += TOKEN_BYTES;
                default -> {
                    return next;
                }
            }
        }
    }

    boolean isNodeStart(long at) {
        return token(at) == NODE_START;
    }

    /** The token behind the node whose name starts at {@code at}, its children included. */
    long behindNode(long at) {
        long next = skipProperties(behindName(at));
        int depth = 1;
        while (depth > 0) {
            if (token(next) == NODE_START) {
                depth++;
                next = behindName(next + TOKEN_BYTES);
            } else {
                depth--;
                next += TOKEN_BYTES;
            }
            next = skipProperties(next);
        }
        return next;
    }

    /** The property token of {@code name} in the node whose name starts at {@code at}, or -1. */
    long findProperty(long at, String name) {
        long next = behindName(at);
        while (true) {
            switch (token(next)) {
                case PROPERTY -> {
                    if (isString(number(next + 8), name)) {
                        return next;
                    }
                    next = behindProperty(next);
                }
                case NOTHING -> next += TOKEN_BYTES;
                default -> {
                    return -1;
                }
            }
        }
    }

    private boolean isString(long at, String text) {
        // Most differ by the first letter or the length.
        return strings.contains(at, text.length() + 1L)
                && strings.getUnsignedByte(at + text.length()) == 0 && strings.hasText(at, text);
    }

    Span propertyValue(long token) {
        long length = number(token + 4);
        return structure.slice(token + PROPERTY_HEADER_BYTES, length);
    }

    /** The root node. */
    public Node root() {
        return new Node(this, skipNothing(0) + TOKEN_BYTES);
    }

    /** The number of entries of the memory reservation block. */
    public int reservations() {
        int count = 0;
        long at = header(16);
        while (bytes.contains(at, 16) && (bytes.getLong(at) | bytes.getLong(at + 8)) != 0) {
            count++;
            at += 16;
        }
        return count;
    }

    /** Entry {@code index} of the memory reservation block. */
    public Range reservation(int index) {
        long at = header(16) + 16L * index;
        return new Range(Long.reverseBytes(bytes.getLong(at)),
                Long.reverseBytes(bytes.getLong(at + 8)));
    }

    /**
     * The next node, in the order of the file, that is compatible with {@code what}; the first for
     * {@link Node#NONE}; none when there is no further.
     */
    public Node findCompatible(String what, Node after) {
        long next = after.isNone() ? skipNothing(0)
                : skipProperties(behindName(after.at()));
        while (true) {
            switch (token(next)) {
                case NODE_START -> {
                    Node node = new Node(this, next + TOKEN_BYTES);
                    if (node.isCompatible(what)) {
                        return node;
                    }
                    next = skipProperties(behindName(node.at()));
                }
                case NODE_END, NOTHING -> next += TOKEN_BYTES;
                default -> {
                    return Node.NONE;
                }
            }
        }
    }
}
