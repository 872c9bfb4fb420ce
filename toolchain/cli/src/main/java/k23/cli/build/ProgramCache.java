package k23.cli.build;

import java.nio.file.Files;
import java.nio.file.Path;
import k23.cli.host.HostFiles;
import k23.codegen.wasm.WasmCompiler;
import k23.codegen.wasm.WasmOptions;

/**
 * WASM programs compiled ahead of time, kept by the digest of what they were made of: the module,
 * its name, and the compiler itself. The folder can be deleted at any time.
 *
 * @param folder where; it need not exist
 */
public record ProgramCache(Path folder) {
    /**
     * The program's ELF file.
     *
     * @param wasm the module
     * @param name what messages and backtraces call it
     * @throws k23.codegen.wasm.WasmException if the module is not a program for this system
     */
    public byte[] compile(byte[] wasm, String name) {
        var file = folder.resolve(key(wasm, name) + ".elf");
        if (Files.isRegularFile(file)) {
            return HostFiles.read(file);
        }
        byte[] elf = WasmCompiler.compile(wasm, name, WasmOptions.standard()).bytes();
        HostFiles.write(file, elf);
        return elf;
    }

    private static String key(byte[] wasm, String name) {
        return InputDigest.ofTools().add(name).add(wasm).name();
    }
}
