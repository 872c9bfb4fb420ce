package k23.codegen.compiler;

import java.util.List;
import k23.codegen.compiler.diagnostic.Diagnostic;
import k23.codegen.link.LinkedImage;

/** What came of a compilation. */
public sealed interface CompileResult {
    /**
     * The program.
     *
     * @param image  the ELF file and what is in it
     * @param report what was compiled
     */
    record Compiled(LinkedImage image, CompileReport report) implements CompileResult {}

    /**
     * The program is not in the dialect.
     *
     * @param diagnostics why, sorted by place
     */
    record Refused(List<Diagnostic> diagnostics) implements CompileResult {}
}
