package k23.runtime.wasi;

import k23.sdk.word.Span;

/** Calls about descriptors, directories and paths. */
final class FileCalls {
    private static final int FDSTAT_BYTES = 24;
    private static final int FILESTAT_BYTES = 64;
    private static final int PRESTAT_BYTES = 8;
    private static final int DIRENT_BYTES = 24;
    private static final int O_CREAT = 1;
    private static final int O_DIRECTORY = 2;
    private static final int O_EXCL = 4;
    private static final int O_TRUNC = 8;
    private static final int FILE_TYPE_DIRECTORY = 3;
    private static final int FILE_TYPE_REGULAR = 4;
    private static final int MAX_PATH_BYTES = 4096;
    private static final int SLASH = '/';
    private static final int DOT = '.';

    private final Guest guest;
    private final Descriptors descriptors;
    /** What the last {@link #resolve} found; null when it gave an error. */
    private Node found;

    FileCalls(Guest guest, Descriptors descriptors) {
        this.guest = guest;
        this.descriptors = descriptors;
    }

    /** {@code fd_fdstat_get}. */
    int status(long fd, long at) {
        Descriptor d = descriptors.get(fd);
        if (d == null) {
            return Errno.BADF;
        }
        if (!guest.holds(at, FDSTAT_BYTES)) {
            return Errno.FAULT;
        }
        guest.span(at, FDSTAT_BYTES).clear();
        guest.put(at, d.fileType(), 1);
        guest.put(at + 2, d.flags(), 2);
        guest.putLong(at + 8, d.rights());
        guest.putLong(at + 16, d.inheriting());
        return Errno.SUCCESS;
    }

    /** {@code fd_fdstat_set_flags}. */
    int setFlags(long fd, long flags) {
        Descriptor d = descriptors.get(fd);
        if (d == null) {
            return Errno.BADF;
        }
        final int known = 31;
        if ((flags & 0xffff & ~known) != 0) {
            return Errno.INVAL;
        }
        d.flags((int) flags & known);
        return Errno.SUCCESS;
    }

    /** {@code fd_fdstat_set_rights}. */
    int setRights(long fd, long base, long inheriting) {
        Descriptor d = descriptors.get(fd);
        if (d == null) {
            return Errno.BADF;
        }
        return d.restrict(base, inheriting) ? Errno.SUCCESS : Errno.NOTCAPABLE;
    }

    /** {@code fd_filestat_get}. */
    int fileStatus(long fd, long at) {
        Descriptor d = descriptors.get(fd);
        if (d == null) {
            return Errno.BADF;
        }
        if (!guest.holds(at, FILESTAT_BYTES)) {
            return Errno.FAULT;
        }
        if (d.node() != null) {
            putStatus(at, d.node());
        } else {
            guest.span(at, FILESTAT_BYTES).clear();
            guest.put(at + 16, d.fileType(), 1);
        }
        return Errno.SUCCESS;
    }

    /** {@code fd_prestat_get}. */
    int preopen(long fd, long at) {
        Descriptor d = descriptors.get(fd);
        if (d == null || !d.isPreopen()) {
            return Errno.BADF;
        }
        if (!guest.holds(at, PRESTAT_BYTES)) {
            return Errno.FAULT;
        }
        guest.putInt(at, 0);
        guest.putInt(at + 4, d.preopen().length());
        return Errno.SUCCESS;
    }

    /** {@code fd_prestat_dir_name}. */
    int preopenName(long fd, long at, long bytes) {
        Descriptor d = descriptors.get(fd);
        if (d == null || !d.isPreopen()) {
            return Errno.BADF;
        }
        if (bytes < d.preopen().length()) {
            return Errno.NAMETOOLONG;
        }
        if (!guest.holds(at, d.preopen().length())) {
            return Errno.FAULT;
        }
        guest.span(at, d.preopen().length()).put(0, d.preopen());
        return Errno.SUCCESS;
    }

    /** {@code fd_readdir}: entry 0 is ".", entry 1 "..", then the directory's own. */
    int list(long fd, long buffer, long bytes, long cookie, long usedAt) {
        Descriptor d = descriptors.get(fd);
        if (d == null) {
            return Errno.BADF;
        }
        if (d.kind() != Descriptor.DIRECTORY) {
            return Errno.NOTDIR;
        }
        if (!guest.holds(buffer, bytes) || !guest.holds(usedAt, 4)) {
            return Errno.FAULT;
        }
        long used = 0;
        long index = 0;
        Node entry = d.node().first();
        while (used < bytes && (index < 2 || entry != null)) {
            if (Long.compareUnsigned(index, cookie) >= 0) {
                used += putEntry(buffer + used, bytes - used, index, d.node(), entry);
            }
            if (index >= 2) {
                entry = entry.next();
            }
            index++;
        }
        guest.putInt(usedAt, used);
        return Errno.SUCCESS;
    }

    /** Writes as much of one entry as there is room for: how many bytes. */
    private long putEntry(long at, long room, long index, Node directory, Node entry) {
        Node node = index >= 2 ? entry : index == 0 ? directory : directory.parent();
        long nameBytes = index >= 2 ? entry.name().length() : index + 1;
        long total = Math.min(room, DIRENT_BYTES + nameBytes);
        for (long i = 0; i < total; i++) {
            guest.put(at + i, entryByte(i, index, nameBytes, node), 1);
        }
        return total;
    }

    /** Byte {@code i} of an entry: next cookie, inode, name length, type, name. */
    private static long entryByte(long i, long index, long nameBytes, Node node) {
        if (i < 8) {
            return index + 1 >>> 8 * i;
        }
        if (i < 16) {
            return node.number() >>> 8 * (i - 8);
        }
        if (i < 20) {
            return nameBytes >>> 8 * (i - 16);
        }
        if (i < DIRENT_BYTES) {
            return i == 20 ? fileType(node) : 0;
        }
        return index < 2 ? DOT : node.name().getUnsignedByte(i - DIRENT_BYTES);
    }

    /** {@code path_filestat_get}. */
    int pathStatus(long fd, long path, long pathBytes, long at) {
        int problem = resolve(fd, path, pathBytes);
        if (problem != Errno.SUCCESS) {
            return problem;
        }
        if (!guest.holds(at, FILESTAT_BYTES)) {
            return Errno.FAULT;
        }
        putStatus(at, found);
        return Errno.SUCCESS;
    }

    /** {@code path_open}. */
    int open(long fd, long path, long pathBytes, long openFlags, long rights, long opened) {
        if (!guest.holds(opened, 4)) {
            return Errno.FAULT;
        }
        int problem = resolve(fd, path, pathBytes);
        int flags = (int) openFlags;
        if (problem == Errno.NOENT && (flags & O_CREAT) != 0) {
            return Errno.ROFS;
        }
        if (problem != Errno.SUCCESS) {
            return problem;
        }
        if ((flags & O_CREAT) != 0 && (flags & O_EXCL) != 0) {
            return Errno.EXIST;
        }
        if (found.isDirectory()) {
            if ((rights & Descriptor.WRITE) != 0) {
                return Errno.ISDIR;
            }
        } else if ((flags & O_DIRECTORY) != 0) {
            return Errno.NOTDIR;
        } else if ((flags & O_TRUNC) != 0 || (rights & Descriptor.WRITE) != 0) {
            return Errno.ROFS;
        }
        int number = descriptors.add(new Descriptor(found.isDirectory()
                ? Descriptor.DIRECTORY : Descriptor.FILE, found, Span.EMPTY));
        if (number < 0) {
            return Errno.MFILE;
        }
        guest.putInt(opened, number);
        return Errno.SUCCESS;
    }

    /** {@code path_readlink}: there are no symbolic links. */
    int readLink(long fd, long path, long pathBytes) {
        int problem = resolve(fd, path, pathBytes);
        return problem == Errno.SUCCESS ? Errno.INVAL : problem;
    }

    /** A call that would change the file at a path. */
    int change(long fd, long path, long pathBytes) {
        int problem = resolve(fd, path, pathBytes);
        return problem == Errno.SUCCESS ? Errno.ROFS : problem;
    }

    /** A call that would make a file at a path. */
    int create(long fd, long path, long pathBytes) {
        int problem = resolve(fd, path, pathBytes);
        if (problem == Errno.SUCCESS) {
            return Errno.EXIST;
        }
        return problem == Errno.NOENT ? Errno.ROFS : problem;
    }

    /**
     * Walks from a directory's descriptor along a relative path, which must not lead above that
     * directory; sets {@link #found}.
     */
    private int resolve(long fd, long pathAt, long pathBytes) {
        found = null;
        Descriptor directory = descriptors.get(fd);
        if (directory == null) {
            return Errno.BADF;
        }
        if (directory.kind() != Descriptor.DIRECTORY) {
            return Errno.NOTDIR;
        }
        if (!guest.holds(pathAt, pathBytes)) {
            return Errno.FAULT;
        }
        if (pathBytes > MAX_PATH_BYTES) {
            return Errno.NAMETOOLONG;
        }
        Span path = guest.span(pathAt, pathBytes);
        if (pathBytes == 0) {
            return Errno.NOENT;
        }
        if (path.getUnsignedByte(0) == SLASH) {
            return Errno.NOTCAPABLE;
        }
        return walk(directory.node(), path);
    }

    private int walk(Node start, Span path) {
        Node at = start;
        int depth = 0;
        Span component = FileTree.component(path, 0);
        while (component.length() > 0) {
            if (!at.isDirectory()) {
                return Errno.NOTDIR;
            }
            if (isDots(component, 2)) {
                if (depth == 0) {
                    return Errno.NOTCAPABLE;
                }
                at = at.parent();
                depth--;
            } else if (!isDots(component, 1)) {
                at = at.find(component);
                depth++;
                if (at == null) {
                    return Errno.NOENT;
                }
            }
            component = FileTree.component(path, component.end().minus(path.start()));
        }
        if (!at.isDirectory() && path.getUnsignedByte(path.length() - 1) == SLASH) {
            return Errno.NOTDIR;
        }
        found = at;
        return Errno.SUCCESS;
    }

    private static boolean isDots(Span component, long count) {
        if (component.length() != count) {
            return false;
        }
        for (long i = 0; i < count; i++) {
            if (component.getUnsignedByte(i) != DOT) {
                return false;
            }
        }
        return true;
    }

    private void putStatus(long at, Node node) {
        guest.span(at, FILESTAT_BYTES).clear();
        guest.putLong(at, 1);
        guest.putLong(at + 8, node.number());
        guest.put(at + 16, fileType(node), 1);
        guest.putLong(at + 24, 1);
        guest.putLong(at + 32, node.contents().length());
    }

    private static int fileType(Node node) {
        return node.isDirectory() ? FILE_TYPE_DIRECTORY : FILE_TYPE_REGULAR;
    }
}
