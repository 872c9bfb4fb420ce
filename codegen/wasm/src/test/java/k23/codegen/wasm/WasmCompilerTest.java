package k23.codegen.wasm;

import static k23.codegen.wasm.ModuleWriter.body;
import static k23.codegen.wasm.ModuleWriter.bytes;
import static k23.codegen.wasm.ModuleWriter.export;
import static k23.codegen.wasm.ModuleWriter.join;
import static k23.codegen.wasm.ModuleWriter.text;
import static k23.codegen.wasm.ModuleWriter.type;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import k23.codegen.link.ElfFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs as users compile them: what they get, and what they are told. */
class WasmCompilerTest {
    private static final WasmOptions OPTIONS = WasmOptions.standard().withVerify(true);
    private static final byte[] NOTHING = {};
    private static final int UNREACHABLE = 0x00;
    private static final int CALL = 0x10;
    private static final int DROP = 0x1a;
    private static final int I32_CONST = 0x41;

    /** A command whose {@code _start} has this code; type 1 is [i32] -> [i32], memory one page. */
    private static byte[] command(int... code) {
        return new ModuleWriter()
                .section(1, List.of(type(List.of(), List.of()),
                        type(List.of(ValueType.I32), List.of(ValueType.I32))))
                .section(3, List.of(bytes(0), bytes(1)))
                .section(4, List.of(bytes(0x70, 0, 2)))
                .section(5, List.of(bytes(0, 1)))
                .section(7, List.of(export("_start", 0, 0), export("more", 0, 1)))
                .section(10, List.of(body(code), body(0x20, 0, 0x10, 1)))
                .bytes();
    }

    private static byte[] importing(String module, String field, int... description) {
        return new ModuleWriter()
                .section(1, List.of(type(List.of(), List.of())))
                .section(2, List.of(join(text(module), text(field), bytes(description))))
                .section(3, List.of(bytes(0)))
                .section(7, List.of(export("_start", 0, 0)))
                .section(10, List.of(body()))
                .bytes();
    }

    private static List<Diagnostic> refused(byte[] wasm) {
        return assertThrows(WasmException.class,
                () -> WasmCompiler.compile(wasm, "bad.wasm", OPTIONS)).diagnostics();
    }

    private static void assertRefused(int code, String text, byte[] wasm) {
        List<Diagnostic> problems = refused(wasm);
        assertEquals(1, problems.size());
        assertEquals(code, problems.getFirst().code());
        assertTrue(problems.getFirst().toString().contains(text), problems.toString());
    }

    @Test
    void k23Number3001IsNoModule() {
        assertRefused(3001, "bad.wasm+0x0: malformed module", new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        assertRefused(3001, "invalid module: type mismatch", command(I32_CONST, 1));
    }

    @Test
    void k23Number3101IsAnUnknownImport() {
        assertRefused(3101, "unlinkable: unknown import \"env\" \"foo\"",
                importing("env", "foo", 0, 0));
        assertRefused(3101, "unknown import \"wasi_snapshot_preview1\" \"fd_fly\"",
                importing("wasi_snapshot_preview1", "fd_fly", 0, 0));
        assertRefused(3101, "unknown import \"env\" \"memory\"",
                importing("env", "memory", 2, 0, 1));
    }

    @Test
    void k23Number3102IsAnImportOfAnotherType() {
        assertRefused(3102, "incompatible import type of \"wasi_snapshot_preview1\" \"fd_write\": "
                + "it has type [i32 i32 i32 i32] -> [i32], not [] -> []",
                importing("wasi_snapshot_preview1", "fd_write", 0, 0));
        assertRefused(3102, "it is a function",
                importing("wasi_snapshot_preview1", "fd_write", 2, 0, 1));
    }

    @Test
    void k23Number3103IsALibrary() {
        assertRefused(3103, "it exports no function \"_start\"", new ModuleWriter().bytes());
        assertRefused(3103, "of type [] -> []", new ModuleWriter()
                .section(1, List.of(type(List.of(ValueType.I32), List.of())))
                .section(3, List.of(bytes(0)))
                .section(7, List.of(export("_start", 0, 0)))
                .section(10, List.of(body())).bytes());
    }

    @Test
    void allProblemsComeAtOnceAndSorted() {
        byte[] wasm = new ModuleWriter()
                .section(1, List.of(type(List.of(), List.of())))
                .section(2, List.of(join(text("env"), text("b"), bytes(0, 0)),
                        join(text("env"), text("a"), bytes(0, 0)))).bytes();
        assertEquals(List.of("K23-3101: bad.wasm: unlinkable: unknown import \"env\" \"a\"",
                "K23-3101: bad.wasm: unlinkable: unknown import \"env\" \"b\""),
                refused(wasm).stream().map(d -> d.toString().split(";")[0]).toList());
    }

    @Test
    void theSameModuleGivesTheSameBytes() {
        byte[] wasm = command(I32_CONST, 1, CALL, 1, DROP);
        byte[] once = WasmCompiler.compile(wasm, "a.wasm", OPTIONS).bytes();
        var oneThread = new WasmOptions(1, false, OPTIONS.stackBytes(), OPTIONS.maxMemoryPages());
        assertArrayEquals(once, WasmCompiler.compile(wasm, "a.wasm", oneThread).bytes());
    }

    @Test
    void nothingIsWritableAndExecutable() {
        ElfFile elf = ElfFile.parse(WasmCompiler.compile(command(), "a.wasm", OPTIONS).bytes());
        assertTrue(elf.segments().stream()
                .noneMatch(s -> s.isLoad() && s.isWritable() && s.isExecutable()));
        assertTrue(elf.segments().stream().anyMatch(s -> s.isLoad() && s.isExecutable()));
    }

    @ParameterizedTest
    @CsvSource({
        "32, 00",
        "33, 41 7f 28 02 00 1a",
        "33, 41 80 80 04 2d 00 00 1a",
        "33, 41 7f 2d 00 05 1a",
        "34, 41 02 11 00 00",
        "35, 41 00 11 00 00",
        "37, 41 01 41 00 6d 1a",
        "38, 41 80 80 80 80 78 41 7f 6d 1a",
        "39, 43 00 00 c0 7f a8 1a",
        "40, 41 01 10 01 1a",
    })
    void trapsHaveTheirKindFunctionAndOffset(int kind, String code) throws IOException {
        String[] words = code.split(" ");
        int[] instructions = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            instructions[i] = Integer.parseInt(words[i], 16);
        }
        byte[] module = command(instructions);
        byte[] elf = WasmCompiler.compile(module, "trap.wasm", OPTIONS).bytes();
        Harness.Run run = Harness.program(elf, NOTHING);
        assertEquals(134, run.status(), run.errors());
        assertTrue(run.errors().startsWith("trap kind " + kind + "\n"), run.errors());
        assertTrue(run.errors().contains(kind == 40 ? "  more (trap.wasm+0x"
                : "  _start (trap.wasm+0x"), run.errors());
        int offset = Integer.parseInt(
                run.errors().replaceFirst("(?s).*?\\+0x([0-9a-f]+)\\).*", "$1"), 16);
        assertTrue(Set.of(0, 0x10, 0x11, 0x28, 0x2d, 0x6d, 0xa8).contains(module[offset] & 0xff),
                () -> "not what trapped: " + Integer.toHexString(module[offset] & 0xff));
    }

    @Test
    void aProgramEndsWithZeroOrItsOwnStatus() throws IOException {
        assertEquals(0, Harness.program(WasmCompiler.compile(command(), "a.wasm", OPTIONS).bytes(),
                NOTHING).status());
    }

    @Test
    void codeBehindATrapIsNotNeeded() throws IOException {
        byte[] elf = WasmCompiler.compile(command(UNREACHABLE, DROP, DROP, I32_CONST, 1, CALL, 1,
                DROP), "a.wasm", OPTIONS).bytes();
        assertEquals(134, Harness.program(elf, NOTHING).status());
    }
}
