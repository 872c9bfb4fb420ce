package k23.cli.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import k23.codegen.compiler.CompileRequest;
import k23.codegen.compiler.CompileResult;
import k23.codegen.compiler.Compiler;

/**
 * Compiles loader and kernel, while the command itself is being built, into the command's
 * resources; see {@link SystemFiles}.
 */
public final class SystemCompiler {
    private static final String LOADER_START = "k23_loader_start";
    private static final String KERNEL_ENTRY = "k23.runtime.K23";

    private SystemCompiler() {}

    /**
     * Compiles.
     *
     * @param arguments the folder for the results, the loader's classes, the kernel's classes, the
     *     runtime's classes
     */
    public static void main(String[] arguments) throws IOException {
        var results = Files.createDirectories(Path.of(arguments[0]));
        var loader = loader(List.of(Path.of(arguments[1])))
                .cache(beside(results, "loader.functions"))
                .build();
        var kernel = kernel(List.of(Path.of(arguments[2]), Path.of(arguments[3])))
                .cache(beside(results, "kernel.functions"))
                .build();
        boolean good = compile("loader", loader, results.resolve("loader.elf"));
        good &= compile("kernel", kernel, results.resolve("kernel.elf"));
        if (!good) {
            System.exit(1);
        }
    }

    /** How the loader is compiled, from class files in {@code classes}. */
    public static CompileRequest.Builder loader(List<Path> classes) {
        return CompileRequest.builder(classes).entrySymbol(LOADER_START).compact(true);
    }

    /** How the kernel is compiled, from class files of kernel and runtime in {@code classes}. */
    public static CompileRequest.Builder kernel(List<Path> classes) {
        return CompileRequest.builder(classes).entryClass(KERNEL_ENTRY).compact(true);
    }

    /** A file beside the class folder, which is not in the jar. */
    private static Path beside(Path results, String name) {
        return results.resolve("../../" + name).normalize();
    }

    private static boolean compile(String name, CompileRequest request, Path result)
            throws IOException {
        switch (Compiler.compile(request)) {
            case CompileResult.Compiled compiled -> {
                Files.write(result, compiled.image().elf());
                Files.write(beside(result.getParent(), name + ".report"),
                        compiled.report().lines());
                System.out.println(name + ": " + compiled.report().methods() + " methods, "
                        + compiled.image().elf().length + " bytes");
                return true;
            }
            case CompileResult.Refused refused -> {
                refused.diagnostics().forEach(System.err::println);
                return false;
            }
        }
    }
}
