package k23.runtime.wasi;

import k23.sdk.word.Span;

/** Calls that read, write and place descriptors. */
final class StreamCalls {
    private static final int VECTOR_BYTES = 8;
    private static final int WHENCE_SET = 0;
    private static final int WHENCE_CURRENT = 1;
    private static final int WHENCE_END = 2;

    private final Host host;
    private final Guest guest;
    private final Descriptors descriptors;

    StreamCalls(Host host, Guest guest, Descriptors descriptors) {
        this.host = host;
        this.guest = guest;
        this.descriptors = descriptors;
    }

    /** {@code fd_write}. */
    int write(long fd, long vectors, long count, long writtenAt) {
        Descriptor out = descriptors.get(fd);
        if (out == null) {
            return Errno.BADF;
        }
        if ((out.rights() & Descriptor.WRITE) == 0) {
            return Errno.NOTCAPABLE;
        }
        if (!areVectors(vectors, count) || !guest.holds(writtenAt, 4)) {
            return Errno.FAULT;
        }
        long written = 0;
        for (long i = 0; i < count; i++) {
            Span bytes = vector(vectors, i);
            if (out.kind() == Descriptor.ERROR) {
                host.writeError(bytes);
            } else if (!host.writeOutput(bytes)) {
                return Errno.IO;
            }
            written += bytes.length();
        }
        guest.putInt(writtenAt, written);
        return Errno.SUCCESS;
    }

    /** {@code fd_read}. */
    int read(long fd, long vectors, long count, long readAt) {
        Descriptor in = descriptors.get(fd);
        if (in == null) {
            return Errno.BADF;
        }
        int problem = readable(in, vectors, count, readAt);
        if (problem != Errno.SUCCESS) {
            return problem;
        }
        if (in.kind() == Descriptor.INPUT) {
            guest.putInt(readAt, readInput(vectors, count));
            return Errno.SUCCESS;
        }
        long bytes = readFile(in.node().contents(), in.offset(), vectors, count);
        in.offset(in.offset() + bytes);
        guest.putInt(readAt, bytes);
        return Errno.SUCCESS;
    }

    /** {@code fd_pread}. */
    int readFrom(long fd, long vectors, long count, long offset, long readAt) {
        Descriptor in = descriptors.get(fd);
        if (in == null) {
            return Errno.BADF;
        }
        if (in.kind() == Descriptor.INPUT) {
            return Errno.SPIPE;
        }
        int problem = readable(in, vectors, count, readAt);
        if (problem == Errno.SUCCESS) {
            guest.putInt(readAt, readFile(in.node().contents(), offset, vectors, count));
        }
        return problem;
    }

    /** {@code fd_pwrite}: nothing that can be written can seek. */
    int writeAt(long fd) {
        Descriptor out = descriptors.get(fd);
        if (out == null) {
            return Errno.BADF;
        }
        return (out.rights() & Descriptor.WRITE) == 0 ? Errno.NOTCAPABLE : Errno.SPIPE;
    }

    /** {@code fd_seek}. */
    int seek(long fd, long delta, long whence, long offsetAt) {
        Descriptor file = descriptors.get(fd);
        if (file == null) {
            return Errno.BADF;
        }
        if (file.kind() != Descriptor.FILE) {
            return file.kind() == Descriptor.DIRECTORY ? Errno.BADF : Errno.SPIPE;
        }
        if (!guest.holds(offsetAt, 8)) {
            return Errno.FAULT;
        }
        long from;
        switch ((int) whence & 0xff) {
            case WHENCE_SET -> from = 0;
            case WHENCE_CURRENT -> from = file.offset();
            case WHENCE_END -> from = file.node().contents().length();
            default -> {
                return Errno.INVAL;
            }
        }
        long to = from + delta;
        // Both offsets are not negative unless the sum went over: then it is wrong in either way.
        if (to < 0) {
            return Errno.INVAL;
        }
        file.offset(to);
        guest.putLong(offsetAt, to);
        return Errno.SUCCESS;
    }

    /** {@code fd_tell}. */
    int tell(long fd, long offsetAt) {
        return seek(fd, 0, WHENCE_CURRENT, offsetAt);
    }

    private int readable(Descriptor in, long vectors, long count, long readAt) {
        if (in.kind() == Descriptor.DIRECTORY) {
            return Errno.ISDIR;
        }
        if ((in.rights() & Descriptor.READ) == 0) {
            return Errno.NOTCAPABLE;
        }
        return areVectors(vectors, count) && guest.holds(readAt, 4)
                ? Errno.SUCCESS : Errno.FAULT;
    }

    /** One read for the first vector with room: a stream gives what it has. */
    private long readInput(long vectors, long count) {
        for (long i = 0; i < count; i++) {
            Span buffer = vector(vectors, i);
            if (buffer.length() > 0) {
                return host.readInput(buffer);
            }
        }
        return 0;
    }

    private long readFile(Span contents, long offset, long vectors, long count) {
        long done = 0;
        for (long i = 0; i < count; i++) {
            Span buffer = vector(vectors, i);
            long at = offset + done;
            // An offset behind the end, or above 2^63, has nothing.
            long left = at < 0 || at > contents.length() ? 0 : contents.length() - at;
            long bytes = Math.min(buffer.length(), left);
            if (bytes > 0) {
                buffer.put(0, contents.slice(at, bytes));
            }
            done += bytes;
        }
        return done;
    }

    private boolean areVectors(long vectors, long count) {
        if (!guest.holds(vectors, count * VECTOR_BYTES)) {
            return false;
        }
        for (long i = 0; i < count; i++) {
            long at = vectors + i * VECTOR_BYTES;
            if (!guest.holds(Guest.unsigned(guest.getInt(at)),
                    Guest.unsigned(guest.getInt(at + 4)))) {
                return false;
            }
        }
        return true;
    }

    private Span vector(long vectors, long index) {
        long at = vectors + index * VECTOR_BYTES;
        return guest.span(Guest.unsigned(guest.getInt(at)), Guest.unsigned(guest.getInt(at + 4)));
    }
}
