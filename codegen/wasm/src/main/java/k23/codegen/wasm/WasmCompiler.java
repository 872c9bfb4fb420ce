package k23.codegen.wasm;

import java.util.List;
import k23.runtime.wasi.WasiCalls;

/** Compiles WebAssembly programs ahead of time: a WASI command in, an ELF file out. */
public final class WasmCompiler {
    private static final String START = "_start";

    private WasmCompiler() {}

    /**
     * Compiles one module to a program.
     *
     * @param wasm       the binary
     * @param moduleName how messages and backtraces call it, for example {@code app.wasm}
     * @param options    how
     * @throws WasmException K23-3001 when the binary is malformed or invalid, K23-3002 when it
     *     needs what is not supported, K23-3101 and K23-3102 when an import cannot be bound,
     *     K23-3103 when it exports no function {@code _start}
     */
    public static ProgramElf compile(byte[] wasm, String moduleName, WasmOptions options) {
        WasmModule module = FrontEnd.read(wasm, moduleName);
        var program = new Program();
        Program.Unit unit = program.add(module, false);
        WasmModule.Export start = module.export(START, WasmModule.ExternKind.FUNCTION)
                .orElseThrow(() -> noStart(moduleName));
        FunctionType type = module.functions().get(start.index()).type();
        if (!type.parameters().isEmpty() || !type.results().isEmpty()
                || module.functions().get(start.index()).imported()) {
            throw noStart(moduleName);
        }
        var linker = new ProgramLinker(program, options);
        ProgramLinker.Result result = linker.linkProgram(start.index());
        List<String> imports = linker.hostCalls().stream().map(WasiCalls::name).toList();
        long pages = unit.module().memories().stream().mapToLong(m -> m.limits().minimum()).sum();
        byte[] elf = result.image().elf();
        return new ProgramElf(elf, new ProgramElf.Report(result.functions(),
                result.image().report().textBytes(), elf.length, result.largestFrame(), pages,
                imports));
    }

    private static WasmException noStart(String moduleName) {
        return new WasmException(Diagnostic.NO_START, moduleName,
                "not a program: it exports no function \"" + START
                + "\" of type [] -> []; link it as a command, not as a library or reactor");
    }
}
