package k23.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import k23.cli.host.HostCheck;
import picocli.CommandLine.Command;

/** {@code k23 doctor}: what this machine has, and the command that installs what it lacks. */
@Command(
        name = "doctor",
        description = "Checks that this machine has what k23 needs, and says how to get the rest.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        var lacking = new ArrayList<String>();
        for (HostCheck check : HostCheck.all()) {
            var found = check.find().get();
            var mark = found.isPresent() ? "ok" : check.required() ? "MISSING" : "absent";
            System.out.printf(
                    "%-8s%-22s%s%n", mark, check.name(),
                    found.orElse("for " + check.purpose() + ": " + check.remedy()));
            if (found.isEmpty() && check.required()) {
                lacking.add(check.name());
            }
        }
        return verdict(lacking);
    }

    private static int verdict(List<String> lacking) {
        if (lacking.isEmpty()) {
            System.out.println("k23 can run here");
            return ExitStatus.OK;
        }
        throw new CommandException(
                ExitStatus.UNAVAILABLE, "K23-5013",
                "missing: " + String.join(", ", lacking) + "; `make setup` installs all of it");
    }
}
