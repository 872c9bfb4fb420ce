package k23.cli.build;

import java.nio.file.Path;
import java.util.List;
import k23.cli.CommandException;
import k23.cli.ExitStatus;
import k23.codegen.compiler.CompileRequest;

/**
 * How Java is compiled.
 *
 * @param debug for debuggers: no optimiser, and DWARF in the ELF file
 * @param isa the instruction set, such as {@code rv64gc_zba_zbb}; null for RV64GC
 */
public record JavaOptions(boolean debug, String isa) {
    /** RV64GC, optimised. */
    public static final JavaOptions NONE = new JavaOptions(false, null);

    /**
     * Checks the instruction set.
     *
     * @throws CommandException K23-5001 if there is no such
     */
    public JavaOptions {
        request(List.of(), debug, isa);
    }

    /** Whether these are the options that everything else is compiled with. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** A request for this class path with these options. */
    CompileRequest.Builder request(List<Path> classPath) {
        return request(classPath, debug, isa);
    }

    private static CompileRequest.Builder request(
            List<Path> classPath, boolean debug, String isa) {
        var request = CompileRequest.builder(classPath).debug(debug);
        try {
            return isa == null ? request : request.isa(isa);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitStatus.USAGE, "K23-5001", "--isa: " + e.getMessage());
        }
    }
}
