package k23.runtime.wasi;

import k23.sdk.word.Span;

/** The read-only file system of an image: the files of its bundle by their absolute paths. */
public final class FileTree {
    private static final int SLASH = '/';
    private final Node root = new Node(Span.EMPTY, true, Span.EMPTY, 1);
    private long numbers = 1;

    /** Makes an empty file system: a root directory. */
    public FileTree() {}

    Node root() {
        return root;
    }

    /**
     * Adds a file and the directories above it. A path that is there already keeps its first
     * contents.
     *
     * @return false when part of the path is a file, or the path names no file
     */
    public boolean add(Span path, Span contents) {
        Node at = root;
        long offset = 0;
        while (true) {
            Span component = component(path, offset);
            if (component.length() == 0) {
                return false;
            }
            offset = component.end().minus(path.start());
            boolean isLast = component(path, offset).length() == 0;
            Node entry = at.find(component);
            if (entry == null) {
                entry = new Node(component, !isLast, isLast ? contents : Span.EMPTY, ++numbers);
                at.add(entry);
            }
            if (isLast) {
                return !entry.isDirectory();
            }
            if (!entry.isDirectory()) {
                return false;
            }
            at = entry;
        }
    }

    /** The file or directory with an absolute path, or null. */
    Node find(Span path) {
        Node at = root;
        Span component = component(path, 0);
        while (component.length() > 0 && at != null) {
            at = at.isDirectory() ? at.find(component) : null;
            component = component(path, component.end().minus(path.start()));
        }
        return at;
    }

    /** The path component at or behind an offset, without slashes; empty at the end. */
    static Span component(Span path, long offset) {
        long start = offset;
        while (start < path.length() && path.getUnsignedByte(start) == SLASH) {
            start++;
        }
        long end = start;
        while (end < path.length() && path.getUnsignedByte(end) != SLASH) {
            end++;
        }
        return path.slice(start, end - start);
    }

    /** Whether two spans hold the same bytes. */
    static boolean sameBytes(Span a, Span b) {
        if (a.length() != b.length()) {
            return false;
        }
        for (long i = 0; i < a.length(); i++) {
            if (a.getUnsignedByte(i) != b.getUnsignedByte(i)) {
                return false;
            }
        }
        return true;
    }
}
