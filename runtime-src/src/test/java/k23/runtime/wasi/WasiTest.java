package k23.runtime.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import k23.sdk.sim.Machine;
import k23.sdk.word.Span;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls as a program makes them, with its pointers; the numbers are WASI preview 1's. */
class WasiTest {
    private static final int MEMORY_BYTES = 0x10000;
    private static final int PREOPEN = 3;
    private static final long OUTSIDE = 0xffff_fff0L;
    private final RecordingHost host = new RecordingHost();
    private Span memory;
    private Wasi wasi;

    @BeforeEach
    void start() {
        Machine machine = Machine.reset();
        memory = machine.allocate(MEMORY_BYTES);
        var arguments = new Strings(2);
        arguments.add(text("prog"));
        arguments.add(text("x y"));
        var environment = new Strings(1);
        environment.add(text("A=b"));
        var tree = new FileTree();
        assertTrue(tree.add(text("/data/one.txt"), text("first file")));
        assertTrue(tree.add(text("/data/deep/two"), text("2")));
        assertFalse(tree.add(text("/data/one.txt/no"), text("")));
        assertFalse(tree.add(text("/data/deep"), text("")));
        wasi = new Wasi(host, arguments, environment);
        assertTrue(wasi.preopen(tree, text("/")));
        assertFalse(wasi.preopen(tree, text("/nowhere")));
    }

    private static Span text(String text) {
        return Machine.current().allocate(text.getBytes(StandardCharsets.UTF_8));
    }

    private int call(int number, long... arguments) {
        long[] words = new long[9];
        System.arraycopy(arguments, 0, words, 0, arguments.length);
        return wasi.call(number, words, memory);
    }

    private long put(int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        memory.put(at, bytes, 0, bytes.length);
        return bytes.length;
    }

    private String get(int at, long length) {
        return new String(Machine.current().bytes(memory.slice(at, length)),
                StandardCharsets.UTF_8);
    }

    private void vector(int at, long buffer, long length) {
        for (int i = 0; i < 4; i++) {
            memory.putByte(at + i, (byte) (buffer >> 8 * i));
            memory.putByte(at + 4 + i, (byte) (length >> 8 * i));
        }
    }

    private int open(String path, int flags, long rights) {
        return call(WasiCalls.PATH_OPEN, PREOPEN, 1, 0x8000, put(0x8000, path), flags, rights, 0,
                0, 0x100);
    }

    private int opened(String path) {
        assertEquals(Errno.SUCCESS, open(path, 0, Descriptor.READ));
        return memory.getInt(0x100);
    }

    @Test
    void argumentsAndEnvironment() {
        assertEquals(0, call(WasiCalls.ARGS_SIZES_GET, 0, 4));
        assertEquals(2, memory.getInt(0));
        assertEquals(9, memory.getInt(4));
        assertEquals(0, call(WasiCalls.ARGS_GET, 16, 101));
        assertEquals(101, memory.getInt(16));
        assertEquals(106, memory.getInt(20));
        assertEquals("prog\0x y\0", get(101, 9));
        assertEquals(0, call(WasiCalls.ENVIRON_SIZES_GET, 0, 4));
        assertEquals(1, memory.getInt(0));
        assertEquals(0, call(WasiCalls.ENVIRON_GET, 16, 200));
        assertEquals("A=b\0", get(200, 4));
        assertEquals(Errno.FAULT, call(WasiCalls.ARGS_GET, OUTSIDE, 0));
        assertEquals(Errno.FAULT, call(WasiCalls.ARGS_GET, 0, MEMORY_BYTES - 8));
    }

    @Test
    void outputGoesWhereItBelongs() {
        put(1000, "hello ");
        put(2000, "world");
        vector(0, 1000, 6);
        vector(8, 2000, 5);
        assertEquals(0, call(WasiCalls.FD_WRITE, 1, 0, 2, 64));
        assertEquals("hello world", host.output.toString(StandardCharsets.UTF_8));
        assertEquals(11, memory.getInt(64));
        assertEquals(0, call(WasiCalls.FD_WRITE, 2, 0, 1, 64));
        assertEquals("hello ", host.errors.toString(StandardCharsets.UTF_8));
        host.outputClosed = true;
        assertEquals(Errno.IO, call(WasiCalls.FD_WRITE, 1, 0, 2, 64));
    }

    @Test
    void pointersOutsideOfTheMemoryAreFaults() {
        vector(0, MEMORY_BYTES - 2, 3);
        assertEquals(Errno.FAULT, call(WasiCalls.FD_WRITE, 1, 0, 1, 64));
        assertEquals(Errno.FAULT, call(WasiCalls.FD_READ, 0, 0, 1, 64));
        assertEquals(Errno.FAULT, call(WasiCalls.FD_WRITE, 1, MEMORY_BYTES - 4, 1, 64));
        assertEquals(Errno.FAULT, call(WasiCalls.FD_WRITE, 1, 0, 0x2000_0000L, 64));
        vector(0, 0, 1);
        assertEquals(Errno.FAULT, call(WasiCalls.FD_WRITE, 1, 0, 1, MEMORY_BYTES - 3));
        assertEquals(0, host.output.size());
        assertEquals(Errno.FAULT, call(WasiCalls.RANDOM_GET, MEMORY_BYTES - 1, 2));
        assertEquals(Errno.FAULT, call(WasiCalls.CLOCK_TIME_GET, 1, 0, MEMORY_BYTES - 7));
    }

    @Test
    void inputIsReadToItsEnd() {
        host.input = "abcdef".getBytes(StandardCharsets.UTF_8);
        vector(0, 1000, 4);
        assertEquals(0, call(WasiCalls.FD_READ, 0, 0, 1, 64));
        assertEquals(4, memory.getInt(64));
        assertEquals(0, call(WasiCalls.FD_READ, 0, 0, 1, 64));
        assertEquals("efcd", get(1000, 4));
        assertEquals(2, memory.getInt(64));
        assertEquals(0, call(WasiCalls.FD_READ, 0, 0, 1, 64));
        assertEquals(0, memory.getInt(64));
        assertEquals(Errno.NOTCAPABLE, call(WasiCalls.FD_READ, 1, 0, 1, 64));
        assertEquals(Errno.NOTCAPABLE, call(WasiCalls.FD_WRITE, 0, 0, 1, 64));
        assertEquals(Errno.BADF, call(WasiCalls.FD_READ, 9, 0, 1, 64));
    }

    @Test
    void filesAreReadSoughtAndClosed() {
        int fd = opened("data/../data/./one.txt");
        vector(0, 1000, 5);
        assertEquals(0, call(WasiCalls.FD_READ, fd, 0, 1, 64));
        assertEquals("first", get(1000, 5));
        assertEquals(0, call(WasiCalls.FD_SEEK, fd, -4, 2, 64));
        assertEquals(6, memory.getLong(64));
        assertEquals(0, call(WasiCalls.FD_READ, fd, 0, 1, 64));
        assertEquals("file", get(1000, memory.getInt(64)));
        assertEquals(0, call(WasiCalls.FD_TELL, fd, 64));
        assertEquals(10, memory.getLong(64));
        assertEquals(Errno.INVAL, call(WasiCalls.FD_SEEK, fd, -11, 1, 64));
        assertEquals(0, call(WasiCalls.FD_PREAD, fd, 0, 1, 1, 64));
        assertEquals("irst ", get(1000, memory.getInt(64)));
        assertEquals(0, call(WasiCalls.FD_FILESTAT_GET, fd, 128));
        assertEquals(10, memory.getLong(128 + 32));
        assertEquals(4, memory.getUnsignedByte(128 + 16));
        assertEquals(0, call(WasiCalls.FD_CLOSE, fd));
        assertEquals(Errno.BADF, call(WasiCalls.FD_CLOSE, fd));
        assertEquals(Errno.SPIPE, call(WasiCalls.FD_SEEK, 0, 0, 0, 64));
    }

    @Test
    void pathsStayInTheirDirectory() {
        assertEquals(Errno.NOENT, open("data/three", 0, 0));
        assertEquals(Errno.NOTDIR, open("data/one.txt/x", 0, 0));
        assertEquals(Errno.NOTDIR, open("data/one.txt/", 0, 0));
        assertEquals(Errno.NOTCAPABLE, open("../etc", 0, 0));
        assertEquals(Errno.NOTCAPABLE, open("data/../../etc", 0, 0));
        assertEquals(Errno.NOTCAPABLE, open("/data/one.txt", 0, 0));
        assertEquals(Errno.NOENT, open("", 0, 0));
        assertEquals(Errno.BADF, call(WasiCalls.PATH_OPEN, 17, 0, 0, 1, 0, 0, 0, 0, 64));
        assertEquals(Errno.NOTDIR, call(WasiCalls.PATH_OPEN, 0, 0, 0, 1, 0, 0, 0, 0, 64));
    }

    @Test
    void nothingCanBeChanged() {
        assertEquals(Errno.ROFS, open("data/new", 1, Descriptor.WRITE));
        assertEquals(Errno.ROFS, open("data/one.txt", 0, Descriptor.WRITE));
        assertEquals(Errno.ROFS, open("data/one.txt", 8, 0));
        assertEquals(Errno.EXIST, open("data/one.txt", 1 | 4, 0));
        assertEquals(Errno.ISDIR, open("data", 0, Descriptor.WRITE));
        assertEquals(Errno.NOTDIR, open("data/one.txt", 2, 0));
        assertEquals(Errno.ROFS,
                call(WasiCalls.PATH_UNLINK_FILE, PREOPEN, 0, put(0, "data/one.txt")));
        assertEquals(Errno.NOENT, call(WasiCalls.PATH_UNLINK_FILE, PREOPEN, 0, put(0, "gone")));
        assertEquals(Errno.ROFS, call(WasiCalls.PATH_CREATE_DIRECTORY, PREOPEN, 0, put(0, "n")));
        assertEquals(Errno.EXIST,
                call(WasiCalls.PATH_CREATE_DIRECTORY, PREOPEN, 0, put(0, "data")));
    }

    @Test
    void directoriesListThemselvesFirst() {
        int fd = opened("data");
        assertEquals(0, call(WasiCalls.FD_READDIR, fd, 1000, 4000, 0, 64));
        assertEquals(4 * 24 + 1 + 2 + 7 + 4, memory.getInt(64));
        assertEquals(".", get(1024, 1));
        assertEquals("..", get(1049, 2));
        assertEquals("one.txt", get(1075, 7));
        assertEquals(7, memory.getInt(1051 + 16));
        assertEquals(4, memory.getUnsignedByte(1051 + 20));
        assertEquals("deep", get(1106, 4));
        assertEquals(3, memory.getUnsignedByte(1082 + 20));
        assertEquals(0, call(WasiCalls.FD_READDIR, fd, 1000, 30, 2, 64));
        assertEquals(30, memory.getInt(64));
        assertEquals(3, memory.getLong(1000));
        assertEquals("one.tx", get(1024, 6));
        assertEquals(0, call(WasiCalls.FD_READDIR, fd, 1000, 30, 4, 64));
        assertEquals(0, memory.getInt(64));
    }

    @Test
    void preopensSayTheirNames() {
        assertEquals(0, call(WasiCalls.FD_PRESTAT_GET, PREOPEN, 64));
        assertEquals(0, memory.getInt(64));
        assertEquals(1, memory.getInt(68));
        assertEquals(0, call(WasiCalls.FD_PRESTAT_DIR_NAME, PREOPEN, 64, 1));
        assertEquals("/", get(64, 1));
        assertEquals(Errno.NAMETOOLONG, call(WasiCalls.FD_PRESTAT_DIR_NAME, PREOPEN, 64, 0));
        assertEquals(Errno.BADF, call(WasiCalls.FD_PRESTAT_GET, PREOPEN + 1, 64));
        assertEquals(Errno.BADF, call(WasiCalls.FD_PRESTAT_GET, 0, 64));
    }

    @Test
    void clocksAndWaiting() {
        assertEquals(0, call(WasiCalls.CLOCK_TIME_GET, 1, 0, 64));
        assertEquals(1_000, memory.getLong(64));
        assertEquals(0, call(WasiCalls.CLOCK_RES_GET, 1, 64));
        assertEquals(100, memory.getLong(64));
        assertEquals(Errno.INVAL, call(WasiCalls.CLOCK_TIME_GET, 4, 0, 64));
        memory.slice(256, 96).clear();
        memory.putByte(256, (byte) 77);
        memory.putByte(256 + 16, (byte) 1);
        memory.putByte(256 + 24 + 1, (byte) 4);
        assertEquals(0, call(WasiCalls.POLL_ONEOFF, 256, 512, 1, 64));
        assertEquals(1_000 + 1_024, host.nanos);
        assertEquals(1, memory.getInt(64));
        assertEquals(77, memory.getLong(512));
        assertEquals(Errno.INVAL, call(WasiCalls.POLL_ONEOFF, 256, 512, 0, 64));
        assertEquals(Errno.FAULT, call(WasiCalls.POLL_ONEOFF, 256, 512, 0xffff_ffffL, 64));
    }

    @Test
    void randomBytesFillOddSizes() {
        assertEquals(0, call(WasiCalls.RANDOM_GET, 101, 11));
        assertEquals(8, memory.getUnsignedByte(101));
        assertEquals(6, memory.getUnsignedByte(111));
        assertEquals(0, memory.getUnsignedByte(112));
    }

    @Test
    void exitEndsTheProgram() {
        assertFalse(wasi.isFinished());
        call(WasiCalls.PROC_EXIT, 42);
        assertTrue(wasi.isFinished());
        assertEquals(42, wasi.status());
    }

    @Test
    void namesAndNumbersAgree() {
        assertEquals(46, WasiCalls.count());
        assertEquals(WasiCalls.FD_WRITE, WasiCalls.number("fd_write"));
        assertEquals(WasiCalls.PATH_OPEN, WasiCalls.number("path_open"));
        assertEquals(WasiCalls.SOCK_SHUTDOWN, WasiCalls.number("sock_shutdown"));
        assertEquals("iiiiiIIii", WasiCalls.parameters(WasiCalls.PATH_OPEN));
        assertEquals(-1, WasiCalls.number("fd_nothing"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 0x10000, 0xffff_ffffL, 0x8000_0000L})
    void noArgumentsBreakAnything(long word) {
        for (int number = WasiCalls.FIRST; number < WasiCalls.FIRST + WasiCalls.count(); number++) {
            for (long fd : new long[] {0, PREOPEN, word}) {
                int errno = call(number, fd, word, word, word, word, word, word, word, word);
                assertTrue(errno >= 0 && errno <= Errno.NOTCAPABLE, WasiCalls.name(number));
            }
        }
    }
}
