package k23.codegen.wasm;

import static k23.codegen.wasm.ModuleWriter.body;
import static k23.codegen.wasm.ModuleWriter.bytes;
import static k23.codegen.wasm.ModuleWriter.export;
import static k23.codegen.wasm.ModuleWriter.join;
import static k23.codegen.wasm.ModuleWriter.text;
import static k23.codegen.wasm.ModuleWriter.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import k23.codegen.link.ElfFile;
import k23.codegen.link.TrapKind;
import k23.runtime.program.Instance;
import k23.runtime.program.ProgramImage;
import k23.runtime.program.UserLayout;
import k23.runtime.program.UserSpace;
import k23.runtime.wasi.Errno;
import k23.runtime.wasi.Strings;
import k23.runtime.wasi.Wasi;
import k23.runtime.wasi.WasiCalls;
import k23.sdk.sim.Machine;
import k23.sdk.trace.CodeTables;
import k23.sdk.word.Address;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The runtime's device side on the JVM, over programs that the compiler really made. */
class InstanceTest {
    private static final byte[] ELF = WasmCompiler.compile(module(), "test.wasm",
            WasmOptions.standard().withVerify(true)).bytes();
    private static final int SP = 2;
    private static final int T0 = 5;
    private static final int S0 = 8;
    private static final int A0 = 10;
    private final QuietHost host = new QuietHost();
    private final ScriptedSpace space = new ScriptedSpace();
    private ProgramImage image;
    private Instance instance;

    /** Memory of 1 to 3 pages, a table of 2 to 2000, {@code _start} that divides, then traps. */
    private static byte[] module() {
        return new ModuleWriter().section(1, List.of(type(List.of(), List.of()),
                        type(List.of(ValueType.I32, ValueType.I32, ValueType.I32, ValueType.I32),
                                List.of(ValueType.I32))))
                .section(2, List.of(join(text("wasi_snapshot_preview1"), text("fd_write"),
                        bytes(0, 1))))
                .section(3, List.of(bytes(0)))
                .section(4, List.of(bytes(0x70, 1, 2, 0xd0, 0x0f)))
                .section(5, List.of(bytes(1, 1, 3)))
                .section(7, List.of(export("_start", 0, 1), export("memory", 2, 0)))
                .section(10, List.of(body(0x41, 7, 0x41, 0, 0x6d, 0x1a, 0x41, 0, 0x41, 0, 0x41, 0,
                        0x41, 0, 0x10, 0, 0x1a, 0x00)))
                .section(11, List.of(join(bytes(0, 0x41, 8, 0x0b), text("hello"))))
                .bytes();
    }

    /** A program with a memory, a table and a call. */
    static byte[] program() {
        return ELF.clone();
    }

    @BeforeEach
    void load() {
        Machine.reset();
        image = new ProgramImage(Machine.current().allocate(ELF));
        assertNull(image.problem());
        instance = new Instance(image, space, new Wasi(host, new Strings(0), new Strings(0)));
    }

    private int call(int number, long... arguments) {
        space.register(T0, number);
        for (int i = 0; i < arguments.length; i++) {
            space.register(A0 + i, arguments[i]);
        }
        return UserSpace.CALL;
    }

    private static long pc(TrapKind kind) {
        ElfFile elf = ElfFile.parse(ELF);
        long text = elf.section(".text").orElseThrow().address();
        CodeTables code = CodeTables.ofElf(Machine.current().allocate(ELF));
        for (long pc = text; code.contains(pc); pc += 2) {
            if (code.trapAt(pc).kind() == kind.code()) {
                return pc;
            }
        }
        throw new AssertionError("no trap of kind " + kind);
    }

    @Test
    void everythingIsMappedBeforeTheEntry() {
        assertTrue(instance.map());
        assertEquals(List.of("-x", "--", "w-"), space.loaded);
        Address memory = Address.of(image.memory(0).definition());
        assertEquals(UserLayout.MEMORIES_START, memory.getLong(0));
        assertEquals(0x10000, memory.getLong(8));
        Address table = Address.of(image.table(0).definition());
        assertEquals(UserLayout.TABLES_START, table.getLong(0));
        assertEquals(2, table.getLong(8));
        space.steps.add(() -> {
            assertEquals(image.entry(), space.pc());
            assertEquals(UserLayout.STACK_TOP, space.register(SP));
            assertEquals(0, space.register(S0));
            return call(WasiCalls.EXIT, 0);
        });
        assertEquals(0, instance.run());
    }

    @Test
    void memoryGrowsToItsMaximum() {
        assertTrue(instance.map());
        long memory = image.memory(0).definition();
        space.steps.add(() -> call(WasiCalls.GROW_MEMORY, memory, 1));
        space.steps.add(() -> {
            assertEquals(1, space.register(A0));
            assertEquals(0x20000, Address.of(memory).getLong(8));
            assertEquals(0, Address.of(UserLayout.MEMORIES_START + 0x1fff8).getLong(0));
            return call(WasiCalls.GROW_MEMORY, memory, 2);
        });
        space.steps.add(() -> {
            assertEquals(-1, space.register(A0));
            return call(WasiCalls.GROW_MEMORY, memory, -1);
        });
        space.steps.add(() -> {
            assertEquals(-1, space.register(A0));
            return call(WasiCalls.GROW_MEMORY, memory + 8, 1);
        });
        space.steps.add(() -> {
            assertEquals(-1, space.register(A0));
            space.bytesLeft = 0x8000;
            return call(WasiCalls.GROW_MEMORY, memory, 1);
        });
        space.steps.add(() -> {
            assertEquals(-1, space.register(A0));
            assertEquals(0x20000, Address.of(memory).getLong(8));
            return call(WasiCalls.GROW_MEMORY, memory, 0);
        });
        space.steps.add(() -> {
            assertEquals(2, space.register(A0));
            return call(WasiCalls.PROC_EXIT, 0, 33);
        });
        assertEquals(33, instance.run());
    }

    @Test
    void tablesGrowByPages() {
        assertTrue(instance.map());
        long table = image.table(0).definition();
        space.steps.add(() -> call(WasiCalls.GROW_TABLE, table, 1000));
        space.steps.add(() -> {
            assertEquals(2, space.register(A0));
            assertEquals(1002, Address.of(table).getLong(8));
            assertEquals(0, Address.of(UserLayout.TABLES_START).getLong(1001 * 8));
            return call(WasiCalls.GROW_TABLE, table, 1000);
        });
        space.steps.add(() -> {
            assertEquals(-1, space.register(A0));
            return call(WasiCalls.EXIT, 1);
        });
        assertEquals(1, instance.run());
    }

    @Test
    void callsSeeTheMemoryAsItIs() {
        assertTrue(instance.map());
        Address memory = Address.of(UserLayout.MEMORIES_START);
        memory.putLong(0x100, 8L | 5L << 32);
        memory.putLong(8, 0x6f6c6c6568L);
        space.steps.add(() -> call(WasiCalls.FD_WRITE, 0, 1, 0x100, 1, 0x200));
        space.steps.add(() -> {
            assertEquals(Errno.SUCCESS, space.register(A0));
            assertEquals(image.entry() + 4, space.pc());
            return call(WasiCalls.FD_WRITE, 0, 1, 0x10000, 1, 0x200);
        });
        space.steps.add(() -> {
            assertEquals(Errno.FAULT, space.register(A0));
            return call(9999);
        });
        space.steps.add(() -> {
            assertEquals(Errno.NOSYS, space.register(A0));
            return call(WasiCalls.EXIT, 5);
        });
        assertEquals(5, instance.run());
        assertEquals("hello", host.output());
    }

    @Test
    void trapsAreReportedWithNameAndOffset() {
        assertTrue(instance.map());
        space.steps.add(() -> {
            space.pc(pc(TrapKind.WASM_DIVIDE_BY_ZERO));
            return UserSpace.ILLEGAL;
        });
        assertEquals(Instance.TRAP_STATUS, instance.run());
        String log = Machine.current().console();
        int offset = new String(module(), StandardCharsets.ISO_8859_1)
                .indexOf("\u0041\u0007\u0041\u0000\u006d") + 4;
        assertEquals("[k23 error] trap: integer divide by zero in _start (test.wasm+0x"
                + Integer.toHexString(offset) + ")\n", log);
    }

    @Test
    void faultsBelowTheStackAreExhaustion() {
        assertTrue(instance.map());
        long bottom = UserLayout.STACK_TOP - image.stackBytes();
        space.steps.add(() -> {
            space.pc(image.entry());
            space.faultAddress = bottom - 8;
            return UserSpace.FAULT;
        });
        assertEquals(Instance.TRAP_STATUS, instance.run());
        assertTrue(Machine.current().console().contains("trap: call stack exhausted in"));
    }

    @Test
    void brokenFrameRecordsEndTheBacktrace() {
        assertTrue(instance.map());
        long frame = UserLayout.STACK_TOP - 64;
        Address.of(frame).putLong(0, frame);
        Address.of(frame).putLong(8, pc(TrapKind.WASM_DIVIDE_BY_ZERO) + 1);
        space.steps.add(() -> {
            space.pc(pc(TrapKind.WASM_UNREACHABLE));
            space.register(S0, frame);
            return UserSpace.ILLEGAL;
        });
        assertEquals(Instance.TRAP_STATUS, instance.run());
        assertEquals(2, Machine.current().console().lines().count());
    }

    @Test
    void shortMemoryIsNoStart() {
        space.bytesLeft = 0x8000;
        assertFalse(instance.map());
    }

    @Test
    void damagedFilesAreRefusedOrHarmless() {
        var random = new Random(23);
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = i % 3 == 0 ? Arrays.copyOf(ELF, random.nextInt(ELF.length))
                    : ELF.clone();
            for (int k = i % 5; k >= 0 && damaged.length > 0; k--) {
                int range = random.nextBoolean() ? Math.min(512, damaged.length) : damaged.length;
                damaged[random.nextInt(range)] = (byte) random.nextInt();
            }
            var parsed = new ProgramImage(Machine.reset().allocate(damaged));
            if (parsed.problem() == null) {
                assertTrue(parsed.stackBytes() > 0 && parsed.segmentCount() > 0);
                assertNotNull(parsed.code());
            }
        }
    }
}
