package k23.loader.machine;

import k23.sdk.devicetree.DeviceTree;
import k23.sdk.devicetree.Node;
import k23.sdk.devicetree.Range;

/** Finds memory for the monitor that nothing else claims. */
final class Placement {
    /** No place. */
    static final long NOWHERE = 0;

    private Placement() {}

    /**
     * The lowest free place for {@code bytes}, a power of two, at a multiple of them.
     *
     * @param loader what the loader uses
     */
    static long find(DeviceTree tree, Range loader, long bytes) {
        Node root = tree.root();
        for (Node node = root.firstChild(); !node.isNone(); node = node.nextSibling()) {
            int ranges = node.hasString("device_type", "memory") ? node.registerCount(root) : 0;
            for (int i = 0; i < ranges; i++) {
                Range memory = node.registers(root, i);
                long at = findIn(tree, loader, memory, bytes);
                if (at != NOWHERE) {
                    return at;
                }
            }
        }
        return NOWHERE;
    }

    private static long findIn(DeviceTree tree, Range loader, Range memory, long bytes) {
        long at = memory.start() + bytes - 1 & -bytes;
        at = at == NOWHERE ? bytes : at;
        while (at - memory.start() >= 0 && at - memory.start() <= memory.length() - bytes) {
            long next = behindClaims(tree, loader, new Range(at, bytes));
            if (next == at) {
                return at;
            }
            at = next + bytes - 1 & -bytes;
        }
        return NOWHERE;
    }

    /** The start of {@code place}, or the end of a claim that is in its way. */
    private static long behindClaims(DeviceTree tree, Range loader, Range place) {
        long at = behind(place, loader, place.start());
        at = behind(place, new Range(tree.bytes().start().value(), tree.bytes().length()), at);
        for (int i = 0; i < tree.reservations(); i++) {
            at = behind(place, tree.reservation(i), at);
        }
        Node parent = tree.root().child("reserved-memory");
        Node child = parent.isNone() ? Node.NONE : parent.firstChild();
        while (!child.isNone()) {
            for (int i = 0; i < child.registerCount(parent); i++) {
                at = behind(place, child.registers(parent, i), at);
            }
            child = child.nextSibling();
        }
        return at;
    }

    private static long behind(Range place, Range claim, long at) {
        return overlap(place, claim) ? Math.max(at, claim.start() + claim.length()) : at;
    }

    /** Whether two ranges, of which none wraps around, share a byte. */
    static boolean overlap(Range one, Range other) {
        return Long.compareUnsigned(one.start(), other.start() + other.length()) < 0
                && Long.compareUnsigned(other.start(), one.start() + one.length()) < 0;
    }
}
