package k23.codegen.wasm;

import java.util.List;
import java.util.stream.Collectors;

/** A user's module cannot become a program; all reasons at once, sorted. */
public final class WasmException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Diagnostic> diagnostics;

    WasmException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream().sorted().map(Diagnostic::toString)
                .collect(Collectors.joining("\n")));
        this.diagnostics = diagnostics.stream().sorted().toList();
    }

    WasmException(int code, String place, String message) {
        this(List.of(new Diagnostic(code, place, message)));
    }

    /** The reasons, sorted by place. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
