package k23.runtime.wasi;

import k23.sdk.word.Span;

/**
 * WASI preview 1 for one program: {@link #call} performs a function by its number. Errors are the
 * specification's; a pointer that leads out of the program's memory is {@code EFAULT}. Files are
 * those of the image and cannot be changed.
 */
public final class Wasi {
    /** {@code proc_raise} of any signal: the status is this plus the signal's number. */
    private static final int SIGNAL_STATUS = 128;

    private final Host host;
    private final Strings arguments;
    private final Strings environment;
    private final Guest guest = new Guest();
    private final Descriptors descriptors = new Descriptors();
    private final StreamCalls streams;
    private final FileCalls files;
    private final ClockCalls clocks;
    private boolean finished;
    private int status;

    /**
     * Prepares a program's calls.
     *
     * @param host        the machine
     * @param arguments   the program's arguments, its name first
     * @param environment {@code KEY=value} each
     */
    public Wasi(Host host, Strings arguments, Strings environment) {
        this.host = host;
        this.arguments = arguments;
        this.environment = environment;
        streams = new StreamCalls(host, guest, descriptors);
        files = new FileCalls(guest, descriptors);
        clocks = new ClockCalls(host, guest, descriptors);
    }

    /**
     * Opens a directory under the guest's name of it, which is also its path in the image.
     *
     * @return whether there is such a directory, and a free descriptor
     */
    public boolean preopen(FileTree tree, Span name) {
        Node node = tree.find(name);
        return node != null && node.isDirectory()
                && descriptors.add(new Descriptor(Descriptor.DIRECTORY, node, name)) >= 0;
    }

    /** Says that lines which are not the program's will follow on standard error. */
    public void beforeLog() {
        host.endErrorLine();
    }

    /** Whether the program has ended itself. */
    public boolean isFinished() {
        return finished;
    }

    /** The status with which it did. */
    public int status() {
        return status;
    }

    /** Ends the program. */
    public void finish(int exitStatus) {
        finished = true;
        status = exitStatus;
    }

    /**
     * Performs a call.
     *
     * @param number one of {@link WasiCalls}
     * @param a      the arguments, at least nine words; of an i32, the lower half counts
     * @param memory the program's memory as it is now
     * @return the {@code errno}
     */
    public int call(int number, long[] a, Span memory) {
        guest.memory(memory);
        return number < WasiCalls.PATH_CREATE_DIRECTORY ? descriptorCall(number, a)
                : pathCall(number, a);
    }

    private int descriptorCall(int number, long[] a) {
        return switch (number) {
            case WasiCalls.ARGS_GET -> arguments.get(guest, u(a, 0), u(a, 1));
            case WasiCalls.ARGS_SIZES_GET -> arguments.sizes(guest, u(a, 0), u(a, 1));
            case WasiCalls.ENVIRON_GET -> environment.get(guest, u(a, 0), u(a, 1));
            case WasiCalls.ENVIRON_SIZES_GET -> environment.sizes(guest, u(a, 0), u(a, 1));
            case WasiCalls.CLOCK_RES_GET -> clocks.resolution(a[0], u(a, 1));
            case WasiCalls.CLOCK_TIME_GET -> clocks.time(a[0], u(a, 2));
            case WasiCalls.FD_ADVISE, WasiCalls.FD_DATASYNC, WasiCalls.FD_SYNC ->
                descriptors.get(a[0]) == null ? Errno.BADF : Errno.SUCCESS;
            case WasiCalls.FD_ALLOCATE, WasiCalls.FD_FILESTAT_SET_SIZE,
                 WasiCalls.FD_FILESTAT_SET_TIMES -> changeDescriptor(a[0]);
            case WasiCalls.FD_CLOSE -> descriptors.close(a[0]);
            case WasiCalls.FD_FDSTAT_GET -> files.status(a[0], u(a, 1));
            case WasiCalls.FD_FDSTAT_SET_FLAGS -> files.setFlags(a[0], a[1]);
            case WasiCalls.FD_FDSTAT_SET_RIGHTS -> files.setRights(a[0], a[1], a[2]);
            case WasiCalls.FD_FILESTAT_GET -> files.fileStatus(a[0], u(a, 1));
            case WasiCalls.FD_PREAD ->
                streams.readFrom(a[0], u(a, 1), u(a, 2), a[3], u(a, 4));
            case WasiCalls.FD_PRESTAT_DIR_NAME -> files.preopenName(a[0], u(a, 1), u(a, 2));
            case WasiCalls.FD_PRESTAT_GET -> files.preopen(a[0], u(a, 1));
            case WasiCalls.FD_PWRITE -> streams.writeAt(a[0]);
            case WasiCalls.FD_READ -> streams.read(a[0], u(a, 1), u(a, 2), u(a, 3));
            case WasiCalls.FD_READDIR -> files.list(a[0], u(a, 1), u(a, 2), a[3], u(a, 4));
            case WasiCalls.FD_RENUMBER -> descriptors.renumber(a[0], a[1]);
            case WasiCalls.FD_SEEK -> streams.seek(a[0], a[1], a[2], u(a, 3));
            case WasiCalls.FD_TELL -> streams.tell(a[0], u(a, 1));
            case WasiCalls.FD_WRITE -> streams.write(a[0], u(a, 1), u(a, 2), u(a, 3));
            default -> Errno.NOSYS;
        };
    }

    private int pathCall(int number, long[] a) {
        return switch (number) {
            case WasiCalls.PATH_CREATE_DIRECTORY -> files.create(a[0], u(a, 1), u(a, 2));
            case WasiCalls.PATH_FILESTAT_GET ->
                files.pathStatus(a[0], u(a, 2), u(a, 3), u(a, 4));
            case WasiCalls.PATH_FILESTAT_SET_TIMES -> files.change(a[0], u(a, 2), u(a, 3));
            case WasiCalls.PATH_LINK -> files.change(a[0], u(a, 2), u(a, 3));
            case WasiCalls.PATH_OPEN ->
                files.open(a[0], u(a, 2), u(a, 3), u(a, 4), a[5], u(a, 8));
            case WasiCalls.PATH_READLINK -> files.readLink(a[0], u(a, 1), u(a, 2));
            case WasiCalls.PATH_REMOVE_DIRECTORY, WasiCalls.PATH_RENAME,
                 WasiCalls.PATH_UNLINK_FILE -> files.change(a[0], u(a, 1), u(a, 2));
            case WasiCalls.PATH_SYMLINK -> files.create(a[2], u(a, 3), u(a, 4));
            case WasiCalls.POLL_ONEOFF -> clocks.poll(u(a, 0), u(a, 1), u(a, 2), u(a, 3));
            case WasiCalls.PROC_EXIT -> end((int) a[0]);
            case WasiCalls.PROC_RAISE -> end(SIGNAL_STATUS + ((int) a[0] & 0x7f));
            case WasiCalls.RANDOM_GET -> random(u(a, 0), u(a, 1));
            case WasiCalls.SCHED_YIELD -> Errno.SUCCESS;
            case WasiCalls.SOCK_ACCEPT, WasiCalls.SOCK_RECV, WasiCalls.SOCK_SEND,
                 WasiCalls.SOCK_SHUTDOWN ->
                descriptors.get(a[0]) == null ? Errno.BADF : Errno.NOTSOCK;
            default -> Errno.NOSYS;
        };
    }

    private int changeDescriptor(long fd) {
        Descriptor d = descriptors.get(fd);
        if (d == null) {
            return Errno.BADF;
        }
        return d.node() == null ? Errno.INVAL : Errno.ROFS;
    }

    private int end(int exitStatus) {
        finish(exitStatus);
        return Errno.SUCCESS;
    }

    private int random(long at, long bytes) {
        if (!guest.holds(at, bytes)) {
            return Errno.FAULT;
        }
        for (long done = 0; done < bytes; done += 8) {
            guest.put(at + done, host.random(), (int) Math.min(8, bytes - done));
        }
        return Errno.SUCCESS;
    }

    private static long u(long[] words, int index) {
        return Guest.unsigned(words[index]);
    }
}
