package k23.tests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Compiles C sources to WASI programs with Debian's clang, which {@code make setup} installs. */
public final class WasmClang {
    private WasmClang() {}

    /** Compiles the C file at {@code source}, relative to the repository, to a WASI program. */
    public static Path compile(String source) {
        try {
            Path output = Files.createDirectories(Repository.ROOT.resolve("tests/target/wasm"))
                    .resolve(Path.of(source).getFileName().toString().replace(".c", ".wasm"));
            Command.Result result = Command.of("clang-14", "--target=wasm32-wasi",
                    "--sysroot=/usr", "-O1", "-o", output.toString(),
                    Repository.ROOT.resolve(source).toString())
                    .limit(Duration.ofMinutes(2)).run();
            if (result.status() != 0) {
                throw new IllegalStateException("clang-14 for wasm32-wasi failed; make setup"
                        + " installs it (clang, lld, wasi-libc, libclang-rt-14-dev-wasm32):\n"
                        + result);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
