package k23.codegen.compiler;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import k23.codegen.link.Layout;

/** The compiler as a command, for people who work on the system itself. */
public final class CompilerMain {
    private static final String USAGE = """
            usage: CompilerMain --classpath PATH (--entry CLASS | --start SYMBOL) -o FILE
              --root SYMBOL      also keep this symbol: of a template, or package.Class.method
              --everything       compile every method, reachable or not
              --exec ADDRESS     fixed addresses from here on (hexadecimal) instead of PIE
              --isa ISA          instruction set: rv64gc, or with more, rv64gc_zba_zbb_zbs
              --isa NAME=VALUE   instruction-set option of Cranelift's
              --cache FILE       keep compiled functions there
              --threads N        functions compiled at a time
              --verify           have Cranelift check every function
              --debug            write DWARF
              --report           print sizes, stacks, recursions, exemptions and permissions
            """;

    private CompilerMain() {}

    /** Compiles; exits with 1 when the program is refused, with 2 for wrong arguments. */
    public static void main(String[] args) throws IOException {
        try {
            System.exit(run(List.of(args)));
        } catch (IllegalArgumentException e) {
            System.err.print("K23-5001: " + e.getMessage() + "\n" + USAGE);
            System.exit(2);
        }
    }

    private static int run(List<String> args) throws IOException {
        List<Path> classPath = new ArrayList<>();
        CompileRequest.Builder request = CompileRequest.builder(classPath);
        Path output = null;
        boolean report = false;
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--classpath" -> {
                    for (String entry : next(rest, option).split(File.pathSeparator)) {
                        classPath.add(Path.of(entry));
                    }
                }
                case "--entry" -> request.entryClass(next(rest, option));
                case "--start" -> request.entrySymbol(next(rest, option));
                case "--root" -> request.root(next(rest, option));
                case "--everything" -> request.everything(true);
                case "--exec" -> request.layout(Layout.exec(
                        Long.decode(next(rest, option))));
                case "--isa" -> {
                    String[] setting = next(rest, option).split("=", 2);
                    if (setting.length > 1) {
                        request.extension(setting[0], setting[1]);
                    } else {
                        request.isa(setting[0]);
                    }
                }
                case "--cache" -> request.cache(Path.of(next(rest, option)));
                case "--threads" -> request.threads(Integer.parseInt(next(rest, option)));
                case "--verify" -> request.verify(true);
                case "--debug" -> request.debug(true);
                case "--report" -> report = true;
                case "-o" -> output = Path.of(next(rest, option));
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        if (output == null || classPath.isEmpty()) {
            throw new IllegalArgumentException("-o and --classpath are needed");
        }
        return write(Compiler.compile(request.build()), output, report);
    }

    private static String next(Iterator<String> rest, String option) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static int write(CompileResult result, Path output, boolean report)
            throws IOException {
        switch (result) {
            case CompileResult.Refused refused -> {
                refused.diagnostics().forEach(System.err::println);
                return 1;
            }
            case CompileResult.Compiled compiled -> {
                Files.write(output, compiled.image().elf());
                if (report) {
                    compiled.report().lines().forEach(System.out::println);
                }
                System.out.println(output + ": " + compiled.report().methods() + " methods, "
                        + compiled.image().report());
                return 0;
            }
        }
    }
}
