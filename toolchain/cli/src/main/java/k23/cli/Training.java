package k23.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs several commands in one JVM that records what they load and run, for
 * {@code toolchain/setup/train.sh}. The arguments are the commands, with {@value #SEPARATOR}
 * between them.
 */
final class Training {
    private static final String SEPARATOR = "+";

    private Training() {}

    /** Ends with the status of the first command that fails, or 0. */
    public static void main(String[] arguments) {
        List<String> command = new ArrayList<>();
        int status = 0;
        for (String argument : arguments) {
            if (argument.equals(SEPARATOR)) {
                status = status != 0 ? status : Main.run(command.toArray(String[]::new));
                command.clear();
            } else {
                command.add(argument);
            }
        }
        System.exit(status != 0 ? status : Main.run(command.toArray(String[]::new)));
    }
}
