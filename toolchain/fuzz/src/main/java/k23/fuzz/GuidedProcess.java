package k23.fuzz;

import java.util.Map;
import java.util.TreeMap;

/** What Jazzer calls, by these names, in the process that {@link GuidedFuzzer} starts. */
public final class GuidedProcess {
    /** What the line with the outcomes begins with. */
    static final String OUTCOMES = "outcomes: ";

    private static final Map<String, int[]> OUTCOME_COUNTS = new TreeMap<>();
    private static String className;
    private static FuzzTarget target;

    private GuidedProcess() {}

    /** Takes the target's class name; the outcomes are written when the process ends. */
    public static void fuzzerInitialize(String[] arguments) {
        className = arguments[0];
        Runtime.getRuntime().addShutdownHook(new Thread(GuidedProcess::tellOutcomes));
    }

    private static void tellOutcomes() {
        var line = new StringBuilder(OUTCOMES);
        synchronized (OUTCOME_COUNTS) {
            OUTCOME_COUNTS.forEach((outcome, count) ->
                    line.append(outcome).append(' ').append(count[0]).append(' '));
        }
        System.out.println(line);
    }

    /** Runs one input. */
    public static void fuzzerTestOneInput(byte[] input) throws ReflectiveOperationException {
        if (target == null) {
            // Not before: simulated machines are of the thread that makes them.
            target = create(className);
        }
        String word = FuzzTarget.word(target.run(input));
        synchronized (OUTCOME_COUNTS) {
            OUTCOME_COUNTS.computeIfAbsent(word, _ -> new int[1])[0]++;
        }
    }

    static FuzzTarget create(String name) throws ReflectiveOperationException {
        return (FuzzTarget) Class.forName(name).getConstructor().newInstance();
    }
}
