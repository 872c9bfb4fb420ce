package k23.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
import k23.cli.host.StandardOutput;
import k23.codegen.cranelift.CraneliftException;
import k23.codegen.wasm.WasmException;
import k23.image.ImageException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command with its subcommands. */
@Command(
        name = "k23",
        description = "Runs WebAssembly programs on an operating system built from Java.",
        subcommands = {
            RunCommand.class, ImageCommand.class, KeygenCommand.class, SignCommand.class,
            VerifyCommand.class, InspectCommand.class, CompileCommand.class, DebugCommand.class,
            DoctorCommand.class,
        },
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = false,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its status. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs the command; returns its exit status. */
    public static int run(String... arguments) {
        var line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure));
        line.setParameterExceptionHandler(Main::reportUsage);
        line.setExitCodeExceptionMapper(failure -> ExitStatus.BUG);
        if (arguments.length == 0) {
            line.usage(System.err);
            return ExitStatus.USAGE;
        }
        return told(line.execute(arguments));
    }

    /**
     * The status of a command that cannot be done as long as its output is not where it belongs. A
     * pipe that nobody reads any more lacks nothing.
     */
    private static int told(int status) {
        if (!System.out.checkError() || StandardOutput.isPipe()) {
            return status;
        }
        System.err.println("K23-5006: standard output cannot be written: what is there is cut off");
        return status == ExitStatus.OK ? ExitStatus.CANNOT_CREATE : status;
    }

    private static int reportUsage(CommandLine.ParameterException failure, String[] arguments) {
        var command = failure.getCommandLine().getCommandSpec().qualifiedName();
        // picocli stammers.
        var message = failure.getMessage()
                .replaceFirst("^Error: ", "").replace("option option", "option");
        System.err.println("K23-5001: " + message + "; see `" + command + " --help`");
        return ExitStatus.USAGE;
    }

    /** Says what went wrong: a line for what the user can mend, a stack trace for a bug of ours. */
    private static int report(Exception failure) {
        switch (failure) {
            case CommandException e -> {
                System.err.println(e.getMessage());
                return e.status();
            }
            case ImageException e -> System.err.println(e.getMessage());
            case WasmException e -> System.err.println(e.getMessage());
            case CraneliftException e when e.getMessage().startsWith("K23-59") -> {
                System.err.println(e.getMessage());
                return ExitStatus.UNAVAILABLE;
            }
            default -> {
                System.err.println("This is a bug in k23; please report it with these lines:");
                failure.printStackTrace();
                return ExitStatus.BUG;
            }
        }
        return ExitStatus.DATA;
    }

    /** The version that Maven put into the jar. */
    static String version() {
        var properties = new Properties();
        try (var in = Main.class.getResourceAsStream("/k23-version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    /** The version for {@code --version}. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"k23 " + version()};
        }
    }
}
