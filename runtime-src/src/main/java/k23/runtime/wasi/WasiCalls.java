package k23.runtime.wasi;

/**
 * The functions of WASI preview 1 ({@code wasi_snapshot_preview1}) with the numbers by which
 * programs call them: {@code FIRST} plus the place in the alphabet. Numbers below {@code FIRST}
 * are the runtime's own calls.
 *
 * <p>A call is {@code ecall} with its number in {@code t0}, the instance's structure in
 * {@code a0} and the arguments from {@code a1} on; those behind the seventh are on the stack at
 * {@code sp}, eight bytes each. The result comes back in {@code a0}.
 */
public final class WasiCalls {
    /** The module's name in imports. */
    public static final String MODULE = "wasi_snapshot_preview1";

    /** Grows a memory: its definition's address in {@code a0}, pages in {@code a1}. */
    public static final int GROW_MEMORY = 1;
    /** Grows a table: its definition's address in {@code a0}, elements in {@code a1}. */
    public static final int GROW_TABLE = 2;
    /** The program is over: the status in {@code a0}. */
    public static final int EXIT = 3;

    /** The number of the first WASI function. */
    public static final int FIRST = 64;

    /** {@code args_get}. */
    public static final int ARGS_GET = FIRST;
    /** {@code args_sizes_get}. */
    public static final int ARGS_SIZES_GET = FIRST + 1;
    /** {@code clock_res_get}. */
    public static final int CLOCK_RES_GET = FIRST + 2;
    /** {@code clock_time_get}. */
    public static final int CLOCK_TIME_GET = FIRST + 3;
    /** {@code environ_get}. */
    public static final int ENVIRON_GET = FIRST + 4;
    /** {@code environ_sizes_get}. */
    public static final int ENVIRON_SIZES_GET = FIRST + 5;
    /** {@code fd_advise}. */
    public static final int FD_ADVISE = FIRST + 6;
    /** {@code fd_allocate}. */
    public static final int FD_ALLOCATE = FIRST + 7;
    /** {@code fd_close}. */
    public static final int FD_CLOSE = FIRST + 8;
    /** {@code fd_datasync}. */
    public static final int FD_DATASYNC = FIRST + 9;
    /** {@code fd_fdstat_get}. */
    public static final int FD_FDSTAT_GET = FIRST + 10;
    /** {@code fd_fdstat_set_flags}. */
    public static final int FD_FDSTAT_SET_FLAGS = FIRST + 11;
    /** {@code fd_fdstat_set_rights}. */
    public static final int FD_FDSTAT_SET_RIGHTS = FIRST + 12;
    /** {@code fd_filestat_get}. */
    public static final int FD_FILESTAT_GET = FIRST + 13;
    /** {@code fd_filestat_set_size}. */
    public static final int FD_FILESTAT_SET_SIZE = FIRST + 14;
    /** {@code fd_filestat_set_times}. */
    public static final int FD_FILESTAT_SET_TIMES = FIRST + 15;
    /** {@code fd_pread}. */
    public static final int FD_PREAD = FIRST + 16;
    /** {@code fd_prestat_dir_name}. */
    public static final int FD_PRESTAT_DIR_NAME = FIRST + 17;
    /** {@code fd_prestat_get}. */
    public static final int FD_PRESTAT_GET = FIRST + 18;
    /** {@code fd_pwrite}. */
    public static final int FD_PWRITE = FIRST + 19;
    /** {@code fd_read}. */
    public static final int FD_READ = FIRST + 20;
    /** {@code fd_readdir}. */
    public static final int FD_READDIR = FIRST + 21;
    /** {@code fd_renumber}. */
    public static final int FD_RENUMBER = FIRST + 22;
    /** {@code fd_seek}. */
    public static final int FD_SEEK = FIRST + 23;
    /** {@code fd_sync}. */
    public static final int FD_SYNC = FIRST + 24;
    /** {@code fd_tell}. */
    public static final int FD_TELL = FIRST + 25;
    /** {@code fd_write}. */
    public static final int FD_WRITE = FIRST + 26;
    /** {@code path_create_directory}. */
    public static final int PATH_CREATE_DIRECTORY = FIRST + 27;
    /** {@code path_filestat_get}. */
    public static final int PATH_FILESTAT_GET = FIRST + 28;
    /** {@code path_filestat_set_times}. */
    public static final int PATH_FILESTAT_SET_TIMES = FIRST + 29;
    /** {@code path_link}. */
    public static final int PATH_LINK = FIRST + 30;
    /** {@code path_open}. */
    public static final int PATH_OPEN = FIRST + 31;
    /** {@code path_readlink}. */
    public static final int PATH_READLINK = FIRST + 32;
    /** {@code path_remove_directory}. */
    public static final int PATH_REMOVE_DIRECTORY = FIRST + 33;
    /** {@code path_rename}. */
    public static final int PATH_RENAME = FIRST + 34;
    /** {@code path_symlink}. */
    public static final int PATH_SYMLINK = FIRST + 35;
    /** {@code path_unlink_file}. */
    public static final int PATH_UNLINK_FILE = FIRST + 36;
    /** {@code poll_oneoff}. */
    public static final int POLL_ONEOFF = FIRST + 37;
    /** {@code proc_exit}. */
    public static final int PROC_EXIT = FIRST + 38;
    /** {@code proc_raise}. */
    public static final int PROC_RAISE = FIRST + 39;
    /** {@code random_get}. */
    public static final int RANDOM_GET = FIRST + 40;
    /** {@code sched_yield}. */
    public static final int SCHED_YIELD = FIRST + 41;
    /** {@code sock_accept}. */
    public static final int SOCK_ACCEPT = FIRST + 42;
    /** {@code sock_recv}. */
    public static final int SOCK_RECV = FIRST + 43;
    /** {@code sock_send}. */
    public static final int SOCK_SEND = FIRST + 44;
    /** {@code sock_shutdown}. */
    public static final int SOCK_SHUTDOWN = FIRST + 45;

    /**
     * Name and parameters of each function, in order: {@code i} is an i32, {@code I} an i64. All
     * give an i32, the {@code errno}, except {@code proc_exit}, which gives nothing.
     */
    private static final String[] FUNCTIONS = {
        "args_get", "ii", "args_sizes_get", "ii", "clock_res_get", "ii",
        "clock_time_get", "iIi", "environ_get", "ii", "environ_sizes_get", "ii",
        "fd_advise", "iIIi", "fd_allocate", "iII", "fd_close", "i", "fd_datasync", "i",
        "fd_fdstat_get", "ii", "fd_fdstat_set_flags", "ii", "fd_fdstat_set_rights", "iII",
        "fd_filestat_get", "ii", "fd_filestat_set_size", "iI",
        "fd_filestat_set_times", "iIIi", "fd_pread", "iiiIi", "fd_prestat_dir_name", "iii",
        "fd_prestat_get", "ii", "fd_pwrite", "iiiIi", "fd_read", "iiii",
        "fd_readdir", "iiiIi", "fd_renumber", "ii", "fd_seek", "iIii", "fd_sync", "i",
        "fd_tell", "ii", "fd_write", "iiii", "path_create_directory", "iii",
        "path_filestat_get", "iiiii", "path_filestat_set_times", "iiiiIIi",
        "path_link", "iiiiiii", "path_open", "iiiiiIIii", "path_readlink", "iiiiii",
        "path_remove_directory", "iii", "path_rename", "iiiiii", "path_symlink", "iiiii",
        "path_unlink_file", "iii", "poll_oneoff", "iiii", "proc_exit", "i",
        "proc_raise", "i", "random_get", "ii", "sched_yield", "", "sock_accept", "iii",
        "sock_recv", "iiiiii", "sock_send", "iiiii", "sock_shutdown", "ii",
    };

    private WasiCalls() {}

    /** How many WASI functions there are. */
    public static int count() {
        return FUNCTIONS.length / 2;
    }

    /** The name of the function with this number. */
    public static String name(int number) {
        return FUNCTIONS[(number - FIRST) * 2];
    }

    /** The parameters of the function with this number: {@code i} is i32, {@code I} is i64. */
    public static String parameters(int number) {
        return FUNCTIONS[(number - FIRST) * 2 + 1];
    }

    /** The number of the function with this name, or -1. */
    public static int number(String name) {
        for (int i = 0; i < FUNCTIONS.length; i += 2) {
            if (FUNCTIONS[i].equals(name)) {
                return FIRST + i / 2;
            }
        }
        return -1;
    }
}
