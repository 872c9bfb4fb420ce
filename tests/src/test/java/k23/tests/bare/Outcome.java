package k23.tests.bare;

import java.nio.charset.StandardCharsets;
import java.util.List;
import k23.sdk.sim.Machine;
import k23.sdk.trace.CodeTables;
import k23.sdk.trace.TrapSite;
import k23.sdk.word.Span;

/**
 * How one call ended, in the same words for the JVM and the machine: {@code =} and the result in
 * hexadecimal, or {@code !} and the kind of trap, for a {@code throw} with what was thrown.
 */
public final class Outcome {
    private Outcome() {}

    /** A call on the JVM that returned. */
    public static String returned(long result) {
        return "=" + Long.toHexString(result);
    }

    /** A call on the JVM that threw. */
    public static String thrown(Throwable thrown) {
        return switch (thrown) {
            case NullPointerException _ -> "!1";
            case IndexOutOfBoundsException _ -> "!2";
            case ArithmeticException _ -> "!3";
            case ClassCastException _ -> "!4";
            case NegativeArraySizeException _ -> "!5";
            default -> "!6 " + thrown.getClass().getName() + ": " + thrown.getMessage();
        };
    }

    /** The lines of a machine's console that {@link BareMachine#report} wrote. */
    public static List<String> lines(String console) {
        return console.lines().filter(l -> l.startsWith("=") || l.startsWith("!")).toList();
    }

    /** A call on the machine; {@code code} are the tables of the program, in simulated memory. */
    public static String reported(CodeTables code, String line) {
        if (line.startsWith("=")) {
            return line;
        }
        TrapSite site = code.trapAt(BareMachine.BASE + Long.parseLong(line.substring(1), 16));
        return "!" + site.kind() + (site.message().length() == 0 ? "" : " " + text(site.message()));
    }

    private static String text(Span span) {
        return new String(Machine.current().bytes(span), StandardCharsets.UTF_8);
    }
}
