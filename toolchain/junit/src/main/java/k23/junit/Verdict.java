package k23.junit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import k23.junit.VirtualMachine.Outcome;
import k23.junit.guest.BareMachine;

/** Whether a machine did what its test expects. */
final class Verdict {
    private static final Pattern PANIC = Pattern.compile("(?m)^\\[k23 panic] (.*)$");
    private static final Pattern CHECK = Pattern.compile("(?m)^\\[k23 check] (.*)$");
    private static final Pattern FRAME =
            Pattern.compile("(?m)^ {2}at (.+)\\.([^.(]+)\\(([^:()]+):(\\d+)\\)$");

    private final TestMethod test;
    private final Outcome outcome;

    private Verdict(TestMethod test, Outcome outcome) {
        this.test = test;
        this.outcome = outcome;
    }

    /** Throws when it did not. */
    static void pass(TestMethod test, Outcome outcome) {
        var verdict = new Verdict(test, outcome);
        String failure = verdict.failure();
        failure = failure == null ? verdict.missingText() : failure;
        if (failure != null) {
            throw new GuestFailure(failure, outcome.console(), frames(test, outcome.console()));
        }
    }

    private String failure() {
        if (outcome.timeout() != null) {
            return "timed out after " + outcome.timeout().toSeconds() + " s";
        }
        String panic = first(PANIC);
        String wanted = test.expectation().panic();
        if (panic == null) {
            return wanted.isEmpty() ? status() : "expected the panic '" + wanted + "', but "
                    + described();
        }
        if (wanted.isEmpty()) {
            String check = first(CHECK);
            return check == null ? "panic: " + panic : "check: " + check;
        }
        if (!panic.contains(wanted)) {
            return "expected the panic '" + wanted + "', was: " + panic;
        }
        return outcome.status() == BareMachine.PANIC_STATUS ? null
                : "the machine did not end with its panic but with status " + outcome.status();
    }

    private String missingText() {
        for (String text : test.expectation().console()) {
            if (!(outcome.console() + "\n").contains(text)) {
                return "expected on the console: " + text;
            }
        }
        return null;
    }

    private String status() {
        return outcome.status() == test.expectation().status() ? null
                : "expected exit status " + test.expectation().status() + ", but " + described();
    }

    private String described() {
        return outcome.status() == 0 ? "the test returned"
                : "the machine ended with status " + outcome.status();
    }

    private String first(Pattern pattern) {
        Matcher matcher = pattern.matcher(outcome.console());
        return matcher.find() ? matcher.group(1).strip() : null;
    }

    /** The guest's backtrace, so that an IDE leads to the line. */
    private static StackTraceElement[] frames(TestMethod test, String console) {
        Class<?> owner = test.method().getDeclaringClass();
        List<StackTraceElement> frames = new ArrayList<>();
        Matcher matcher = FRAME.matcher(console);
        while (matcher.find()) {
            String type = matcher.group(1).equals(owner.getSimpleName())
                    ? owner.getName() : matcher.group(1);
            frames.add(new StackTraceElement(type, matcher.group(2), matcher.group(3),
                    Integer.parseInt(matcher.group(4))));
        }
        return frames.toArray(StackTraceElement[]::new);
    }
}
