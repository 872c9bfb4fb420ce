package k23.runtime.wasi;

import k23.sdk.word.Span;

/** A file or directory of the image. Directories list their entries in the bundle's order. */
final class Node {
    private final Span name;
    private final boolean directory;
    private final Span contents;
    private final long number;
    private Node parent;
    private Node first;
    private Node last;
    private Node next;

    /**
     * Makes an entry that is in no directory yet.
     *
     * @param name      its last path component
     * @param directory whether it is a directory
     * @param contents  a file's bytes
     * @param number    its inode number, from 1
     */
    Node(Span name, boolean directory, Span contents, long number) {
        this.name = name;
        this.directory = directory;
        this.contents = contents;
        this.number = number;
    }

    Span name() {
        return name;
    }

    boolean isDirectory() {
        return directory;
    }

    Span contents() {
        return contents;
    }

    long number() {
        return number;
    }

    /** The directory that it is in; the root is in itself. */
    Node parent() {
        return parent == null ? this : parent;
    }

    /** A directory's first entry, or null. */
    Node first() {
        return first;
    }

    /** The next entry of the same directory, or null. */
    Node next() {
        return next;
    }

    /** Adds an entry behind the others. */
    void add(Node entry) {
        entry.parent = this;
        if (first == null) {
            first = entry;
        } else {
            last.next = entry;
        }
        last = entry;
    }

    /** The entry of this name, or null. */
    Node find(Span wanted) {
        for (Node entry = first; entry != null; entry = entry.next) {
            if (FileTree.sameBytes(entry.name, wanted)) {
                return entry;
            }
        }
        return null;
    }
}
