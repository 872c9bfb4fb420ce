package k23.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import k23.cli.build.JavaOptions;
import k23.cli.build.JavaPayload;
import k23.cli.build.ProgramCache;
import k23.cli.host.HostFiles;
import k23.cli.host.UserFolders;
import k23.codegen.compiler.CompileResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code k23 compile}: the ELF file alone, of a program or of a payload. */
@Command(
        name = "compile",
        description = {
            "Compiles a .wasm program, a .java payload, or a class to a RISC-V ELF file.",
            "A class is named with --entry and found on --classpath."
        },
        mixinStandardHelpOptions = true)
final class CompileCommand implements Callable<Integer> {
    @Option(names = "--classpath", paramLabel = "PATH", description = "Folders and jars.")
    private String classPath = ".";

    @Option(names = "--entry", paramLabel = "CLASS",
            description = "The class with the @Entry method.")
    private String entry;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", required = true)
    private Path output;

    @Option(names = "--report",
            description = "For Java: print sizes, stacks, recursions, exemptions, permissions.")
    private boolean report;

    @Option(names = "--debug",
            description = "For Java: for debuggers, with DWARF and without the optimiser.")
    private boolean debug;

    @Option(names = "--isa", paramLabel = "ISA",
            description = "For Java: the instruction set; rv64gc, or more, rv64gc_zba_zbb.")
    private String isa;

    @Parameters(arity = "0..1", paramLabel = "FILE")
    private Path file;

    @Override
    public Integer call() {
        byte[] elf = elf();
        HostFiles.write(output, elf);
        System.out.println(output + ": " + elf.length + " bytes");
        return ExitStatus.OK;
    }

    private byte[] elf() {
        if ((file == null) == (entry == null)) {
            throw new CommandException(
                    ExitStatus.USAGE, "K23-5001", "name either a FILE or an --entry class");
        }
        if (entry != null) {
            return reported(JavaPayload.compileClasses(classPath(), entry, options()));
        }
        var name = HostFiles.name(file);
        HostFiles.requireFile(file);
        if (name.endsWith(".java")) {
            return reported(JavaPayload.compileSource(file, options()));
        }
        if (name.endsWith(".wasm")) {
            if (report || !options().isNone()) {
                throw new CommandException(
                        ExitStatus.USAGE, "K23-5001",
                        "--debug, --isa and --report are for Java, not for a .wasm program");
            }
            return new ProgramCache(UserFolders.cache().resolve("compiled"))
                    .compile(HostFiles.read(file), name);
        }
        throw new CommandException(
                ExitStatus.USAGE, "K23-5009", file + " is neither a .wasm nor a .java file");
    }

    private JavaOptions options() {
        return new JavaOptions(debug, isa);
    }

    private byte[] reported(CompileResult.Compiled compiled) {
        if (report) {
            compiled.report().lines().forEach(System.out::println);
        }
        return compiled.image().elf();
    }

    private List<Path> classPath() {
        var paths = new ArrayList<Path>();
        for (String element : classPath.split(File.pathSeparator)) {
            paths.add(Path.of(element));
        }
        return paths;
    }
}
