package k23.codegen.wasm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import k23.codegen.link.TrapKind;

/** WABT's interpreter, of Debian's package {@code wabt}: what random modules do elsewhere. */
final class WasmInterpreter {
    static final Path BINARY = Path.of("/usr/bin/wasm-interp");

    private static final Map<String, TrapKind> TRAPS = Map.of(
            "out of bounds memory access", TrapKind.WASM_MEMORY_BOUNDS,
            "integer divide by zero", TrapKind.WASM_DIVIDE_BY_ZERO,
            "integer overflow", TrapKind.WASM_INTEGER_OVERFLOW,
            "undefined table index", TrapKind.WASM_TABLE_BOUNDS,
            "uninitialized table element", TrapKind.WASM_INDIRECT_NULL,
            "indirect call signature mismatch", TrapKind.WASM_INDIRECT_TYPE);

    private WasmInterpreter() {}

    /** What each export answers, in order, in the harness's words. */
    static List<String> answers(RandomModule module) throws IOException, InterruptedException {
        Path file = Files.createTempFile("k23-random", ".wasm");
        try {
            Files.write(file, module.wasm());
            Process process = new ProcessBuilder(BINARY.toString(), "--run-all-exports",
                    file.toString()).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(),
                    StandardCharsets.UTF_8);
            process.waitFor();
            return output.lines().map(WasmInterpreter::answer).toList();
        } finally {
            Files.delete(file);
        }
    }

    /** {@code c0() => i64:5} or {@code c0() => error: integer overflow}. */
    private static String answer(String line) {
        String result = line.substring(line.indexOf("=> ") + 3);
        if (result.startsWith("i64:")) {
            return "ok " + Long.toHexString(Long.parseUnsignedLong(result.substring(4)));
        }
        return TRAPS.entrySet().stream().filter(e -> result.contains(e.getKey())).findFirst()
                .map(e -> "trap " + e.getValue().code()).orElse(line);
    }
}
