package k23.codegen.wasm;

/** Decodes and validates a binary with the runtime's own parser and validator. */
final class FrontEnd {
    private FrontEnd() {}

    /**
     * Reads a module.
     *
     * @throws WasmException K23-3001 when it is malformed or invalid
     */
    static WasmModule read(byte[] wasm, String name) {
        return ModuleReader.read(name, wasm);
    }
}
